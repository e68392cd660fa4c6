/** A flag of the command line. */
export interface Flag {
  readonly short?: string;
  /** What stands for the value in the help; a flag without one is a switch. */
  readonly value?: string;
  readonly multiple?: true;
  readonly meaning: string;
}

export const FLAGS = {
  filename: {
    short: 'f',
    value: 'FILE',
    multiple: true,
    meaning: 'manifests: a file, a folder (its *.yaml, *.yml and *.json) or - for standard input',
  },
  config: {
    value: 'FILE',
    meaning: 'configuration with the profiles; without it the one that zonekeeper ships',
  },
  profile: { value: 'NAME', meaning: 'profile of sets that name none (default "default")' },
  'cluster-version': {
    value: 'VERSION',
    meaning: 'version of Kubernetes the manifests are for, such as 1.34',
  },
  diff: { meaning: 'print a unified diff instead of the manifests' },
  kubeconfig: {
    value: 'FILE',
    meaning: 'how to reach the cluster (default: KUBECONFIG, ~/.kube/config, or as a pod of it)',
  },
  context: { value: 'NAME', meaning: 'context of the kubeconfig (default: its current one)' },
  namespace: {
    short: 'n',
    value: 'NAMESPACE',
    meaning: 'check the sets of that namespace (default: that of the context)',
  },
  'all-namespaces': { short: 'A', meaning: 'check the sets of all namespaces' },
  'before-uninstall': {
    meaning: 'find manifests that cannot be applied once zonekeeper is gone; implies -A without -n',
  },
  output: { short: 'o', value: 'FORMAT', meaning: 'table, json or yaml (default "table")' },
  strict: { meaning: 'end with 1 for warnings, too' },
  help: { short: 'h', meaning: 'print this and exit' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

export interface Command {
  readonly summary: string;
  readonly details: string;
  readonly flags: readonly FlagName[];
  /** Whether it has something to do without files. */
  readonly filesOptional?: true;
}

const CONTEXT = ['config', 'profile', 'cluster-version'] as const;

export const COMMANDS = {
  inject: {
    summary: 'inject annotated StatefulSets and pass everything else through',
    details: `Reads YAML or JSON manifests, injects each StatefulSet that has the annotation
zonekeeper.io/inject: "true", and writes all of it to standard output. Only what is
injected changes; comments, order and layout stay. The SecretProviderClass that a list of
secrets needs is written before its set, to be committed with it. Warnings go to standard
error. If a single set is refused, nothing is written and every problem is told.`,
    flags: ['filename', ...CONTEXT, 'diff', 'help'],
  },
  explain: {
    summary: 'tell what would be injected into each StatefulSet, and why not',
    details: `Tells for each StatefulSet what its annotations ask for, where each value comes from
(annotation, profile, default), what would be injected and what would not, and why.`,
    flags: ['filename', ...CONTEXT, 'help'],
  },
  uninject: {
    summary: 'take out again what inject put in',
    details: `Removes from each StatefulSet what its marker, the annotation zonekeeper.io/injected,
lists, and the marker; a SecretProviderClass that inject wrote goes if nobody has changed
it. Everything else stays as it is. For files: a set in a cluster
opts out with zonekeeper.io/inject: "false" and keeps its storage classes.`,
    flags: ['filename', 'diff', 'help'],
  },
  check: {
    summary: 'find what does not work, or soon will not, in a cluster or in manifests',
    details: `Checks a cluster: whether the webhook is installed and the API server reaches it, whether
drivers, classes, schedulers and identities are there, and the state of each opted-in set.
With -f it checks manifests instead and asks no cluster. Nothing is changed. Without --config
the profiles of a cluster are those of its webhook.
Exit codes: 0 no errors, 1 errors (with --strict also warnings), 2 it could not run.`,
    flags: [
      'filename',
      'config',
      'kubeconfig',
      'context',
      'namespace',
      'all-namespaces',
      'before-uninstall',
      'output',
      'strict',
      'help',
    ],
    filesOptional: true,
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;

/** The help of the whole command line, or of one command. */
export function help(name?: CommandName): string {
  return name === undefined ? overview() : commandHelp(name);
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => row(name, summary));
  return `zonekeeper injects annotated StatefulSets offline, as its admission webhook does, and checks clusters.

Usage: zonekeeper COMMAND [FLAGS]

Commands:
${commands.join('\n')}

${row('--help', 'this, or after a command its flags')}
${row('--version', 'the version')}

Exit codes: 0 done, 1 a set was refused or input could not be read, 2 wrong arguments;
those of check: see its help.
`;
}

function commandHelp(name: CommandName): string {
  const { details, flags, filesOptional }: Command = COMMANDS[name];
  const rows = flags.map((flag) => row(written(flag), FLAGS[flag].meaning));
  const files = filesOptional ? '[-f FILE]' : '-f FILE';
  return `Usage: zonekeeper ${name} ${files} [FLAGS]\n\n${details}\n\nFlags:\n${rows.join('\n')}\n`;
}

function written(name: FlagName): string {
  const { short, value, multiple }: Flag = FLAGS[name];
  const names = short === undefined ? `    --${name}` : `-${short}, --${name}`;
  const argument = value === undefined ? names : `${names} ${value}`;
  return multiple ? `${argument} ...` : argument;
}

const row = (left: string, right: string): string => `  ${left.padEnd(33)}${right}`;
