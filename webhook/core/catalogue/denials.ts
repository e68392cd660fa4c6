import type { Message } from './message.ts';

/** Messages that refuse a request. */
export const DENIALS = {
  ZK101: {
    why: 'The switch of the whole injection must be unmistakable, so nothing is guessed.',
    found: 'annotation zonekeeper.io/inject is "{value}"',
    expected: '"true" or "false"',
    mend: 'write one of the two, in quotes',
  },
  ZK102: {
    why: 'A set must never silently get the defaults of another profile than the one it asks for.',
    found: 'profile "{value}" is not configured',
    expected: 'one of {known}',
    mend: 'name one of them in zonekeeper.io/profile, or have the administrator add it',
  },
  ZK103: {
    why: 'A value that cannot be read is refused rather than replaced by a default.',
    found: 'annotation zonekeeper.io/{key} is "{value}"',
    expected: '{expected}',
    mend: 'correct the value or remove the annotation',
  },
  ZK104: {
    why: 'An annotation can never go past the bounds that the administrator set in the profile.',
    found: 'annotation zonekeeper.io/{key} names "{value}"',
    expected: 'what profile "{profile}" allows: {allowed}',
    mend: 'choose one of these, or have the administrator extend the list',
  },
  ZK105: {
    why: 'A name listed twice is usually a slip for another name.',
    found: 'annotation zonekeeper.io/{key} lists "{value}" twice',
    expected: 'each name once',
    mend: 'remove or correct one of the two',
  },
  ZK106: {
    why: 'A container that does not exist would start without its secrets under its real name.',
    found: 'annotation zonekeeper.io/containers names "{value}"',
    expected: 'containers of the template: {known}',
    mend: 'correct the name',
  },
  ZK107: {
    why: 'The annotation belongs to the contract but this version does not act on it; ignoring it could start an application without its secrets.',
    found: 'annotation zonekeeper.io/{key} is not supported by this version of zonekeeper',
    expected: 'one of the annotations in the reference',
    mend: 'remove the annotation, or upgrade zonekeeper to a version that lists it',
  },
  ZK108: {
    why: 'The volume that zonekeeper adds has a fixed name, and a volume of the user is never replaced.',
    found: 'the template has a volume or claim template "{volume}" of its own',
    expected: 'that name to be free for the secrets volume',
    mend: 'rename your volume',
  },
  ZK109: {
    why: 'Two volumes cannot be mounted at one path, and a mount of the user is never replaced.',
    found: 'container "{container}" already mounts "{volume}" at {path}',
    expected: 'that path to be free for the secrets',
    mend: 'set zonekeeper.io/mount-path to another path, or zonekeeper.io/containers to leave this container out',
  },
  ZK110: {
    why: 'The object is not a StatefulSet that an API server would accept.',
    found: '{path} is {found}',
    expected: '{expected}',
    mend: 'correct the manifest',
  },
  ZK111: {
    why: 'A patch that does not reproduce the result would fail the request even under failurePolicy Ignore, so it is never sent.',
    found: 'the patch made for "{name}" does not reproduce the intended object',
    expected: 'both to be equal',
    mend: 'this is a defect of zonekeeper: report it with the manifest; until then set zonekeeper.io/inject to "false"',
  },
} as const satisfies Record<string, Message>;
