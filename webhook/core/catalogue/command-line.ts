import type { Message } from './message.ts';

/** Messages of the command line about its arguments, its input and what it cannot do with them. */
export const COMMAND_LINE = {
  ZK501: {
    why: 'A misspelt command must not do something else.',
    found: '"{value}" is no command of zonekeeper',
    expected: 'one of {known}',
    mend: '{hint}',
  },
  ZK502: {
    why: 'A flag that is not understood is refused, because what it asks for would be left out in silence.',
    found: '{flag} {detail}',
    expected: '{expected}',
    mend: 'see zonekeeper {command} --help',
  },
  ZK503: {
    why: 'Nothing is read unless it is named, so a forgotten argument never waits for standard input.',
    found: 'zonekeeper {command} is given no input',
    expected: '-f FILE, or -f - for standard input',
    mend: 'name what to read',
  },
  ZK504: {
    why: 'Files are named as kubectl names them, by a flag.',
    found: 'argument "{value}" belongs to no flag',
    expected: 'files to be named by -f',
    mend: 'write -f {value}',
  },
  ZK505: {
    why: 'Input that cannot be read whole is not passed on in part.',
    found: '{file} {detail}',
    expected: '{expected}',
    mend: 'correct the path or the file',
  },
  ZK506: {
    why: 'A text that is no YAML cannot be passed on with confidence that it is left as it was.',
    found: '{detail}',
    expected: 'YAML or JSON as kubectl reads it',
    mend: 'correct it; a template has to be rendered first (helm template, kubectl kustomize)',
  },
  ZK507: {
    why: 'kubectl takes the last of two equal keys without a word, which is rarely what their author meant.',
    found: 'key {key} stands twice in one map',
    expected: 'each key once in the manifest of an annotated set',
    mend: 'remove one of the two',
  },
  ZK508: {
    why: 'Aliases that multiply or contain themselves would exhaust the memory of every reader.',
    found: 'the document cannot be expanded: {detail}',
    expected: 'anchors with few aliases, none within itself',
    mend: 'write the values out',
  },
  ZK509: {
    why: 'What is written is read back and compared before it leaves, so that nothing else in a manifest ever changes.',
    found: 'the document cannot be edited so that it holds what is intended and nothing else',
    expected: 'a document without anchors, tags or keys that are no strings around the set',
    mend: 'move the set to a document of its own, written plainly',
  },
  ZK510: {
    why: 'Output that equals its input is easily taken for injected.',
    found: 'no StatefulSet of the input has the annotation {key}',
    expected: 'at least one',
    mend: '{mend}',
  },
  ZK511: {
    why: 'zonekeeper acts on the annotations of StatefulSets themselves; anywhere else they do nothing, in silence.',
    found: '{path} holds {key}',
    expected: 'it in metadata.annotations of a StatefulSet of apps/v1',
    mend: 'move it there',
  },
  ZK512: {
    why: 'A set must never silently get the defaults of another profile than the one asked for.',
    found: '--profile "{value}" is not configured',
    expected: 'one of {known}',
    mend: 'name one of them, or a file that has it by --config',
  },
  ZK513: {
    why: 'What a cluster can do depends on its version, so a version that is not understood is not guessed.',
    found: '--cluster-version is "{value}"',
    expected: 'a version of Kubernetes such as 1.34',
    mend: 'see kubectl version',
  },
  ZK514: {
    why: 'The marker says what was injected; without it nothing can be told from what the author wrote.',
    found: 'annotation zonekeeper.io/injected cannot be read',
    expected: 'the JSON that zonekeeper wrote',
    mend: 'take the manifest as it was before the injection, or remove by hand what was injected',
  },
} as const satisfies Record<string, Message>;
