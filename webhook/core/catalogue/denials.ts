import { FLEXVOLUME_DENIALS } from './flexvolume-denials.ts';
import type { Message } from './message.ts';
import { SIDECAR_DENIALS } from './sidecar-denials.ts';

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
  ZK108: {
    why: 'The volume that zonekeeper adds has a fixed name, and a volume of the user is never replaced.',
    found: 'the template has a volume or claim template "{volume}" of its own',
    expected: 'that name to be free for a volume of zonekeeper',
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
  ZK112: {
    why: 'Without a vault the class cannot be made, and the pods would wait for ever.',
    found: 'annotation zonekeeper.io/secrets is set, but no key vault is named',
    expected: 'zonekeeper.io/key-vault, or keyVault.name in profile "{profile}"',
    mend: 'add the annotation',
  },
  ZK113: {
    why: 'The provider reads a vault only under an identity; without one the pods would wait in ContainerCreating for ever.',
    found: 'no client id is known for {identity} to read the key vault',
    expected: 'zonekeeper.io/client-id, or keyVault.clientId in profile "{profile}"',
    mend: 'add the client id of the managed identity',
  },
  ZK114: {
    why: 'The provider refuses a class without a tenant, and the pods would wait in ContainerCreating for ever.',
    found: 'no tenant of the key vault is known',
    expected: 'zonekeeper.io/tenant-id, or keyVault.tenantId in profile "{profile}"',
    mend: 'add the annotation; az account show --query tenantId tells it',
  },
  ZK115: {
    why: 'The driver remembers one version of each object, so of two entries it would follow only one. Names are the same whatever their case.',
    found: 'annotation zonekeeper.io/secrets lists {type} "{name}" twice',
    expected: 'each object of the vault once, whatever its version',
    mend: 'remove one of the two',
  },
  ZK116: {
    why: 'The driver writes both into one file without a word, and the last one wins.',
    found: 'annotation zonekeeper.io/secrets makes file "{file}" twice',
    expected: 'a file of its own for each object',
    mend: 'give one another file, such as OTHER={type}/{name}',
  },
  ZK117: {
    why: 'A path cannot be a file and a folder at once, so the mount would fail.',
    found:
      'annotation zonekeeper.io/secrets makes file "{file}" and, in a folder of that name, "{other}"',
    expected: 'one of the two',
    mend: 'give one of them another FILE= in the list',
  },
  ZK118: {
    why: 'Two volumes of one class share one status, and two volumes cannot be mounted at one path.',
    found: 'SecretProviderClass "{class}" would be mounted twice, or where another is: {path}',
    expected: 'one volume and one folder for each class',
    mend: 'remove it from zonekeeper.io/secret-provider-class',
  },
  ZK119: {
    why: 'The driver makes an object called POD-NAMESPACE-CLASS for each pod, and without it the mount fails.',
    found: 'POD-NAMESPACE-CLASS of SecretProviderClass "{class}" has {length} characters',
    expected: 'at most 253',
    mend: 'give the class or the set a shorter name',
  },
  ZK120: {
    why: 'What a newer version put in is lost if an older one injects afresh into a manifest without it.',
    found: 'zonekeeper {by}, a newer version, also injected {fields}',
    expected: 'that version or a later one to change this set',
    mend: 'upgrade zonekeeper; while it is being upgraded, try again',
  },
  ZK121: {
    why: 'A marker from a file or another cluster goes no further past the bounds than an annotation does.',
    found: 'annotation zonekeeper.io/injected names {what} "{value}"',
    expected: 'what profile "{profile}" gives or allows: {allowed}',
    mend: 'remove that annotation, or inject the file anew with the profile of this cluster',
  },
  ...SIDECAR_DENIALS,
  ...FLEXVOLUME_DENIALS,
} as const satisfies Record<string, Message>;
