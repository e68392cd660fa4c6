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
  help: { short: 'h', meaning: 'print this and exit' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

export interface Command {
  readonly summary: string;
  readonly details: string;
  readonly flags: readonly FlagName[];
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
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;

/** The help of the whole command line, or of one command. */
export function help(name?: CommandName): string {
  return name === undefined ? overview() : commandHelp(name);
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => row(name, summary));
  return `zonekeeper injects annotated StatefulSets offline, as its admission webhook does in a cluster.

Usage: zonekeeper COMMAND -f FILE [FLAGS]

Commands:
${commands.join('\n')}

${row('--help', 'this, or after a command its flags')}
${row('--version', 'the version')}

Exit codes: 0 done, 1 a set was refused or input could not be read, 2 wrong arguments.
`;
}

function commandHelp(name: CommandName): string {
  const { details, flags } = COMMANDS[name];
  const rows = flags.map((flag) => row(written(flag), FLAGS[flag].meaning));
  return `Usage: zonekeeper ${name} -f FILE [FLAGS]\n\n${details}\n\nFlags:\n${rows.join('\n')}\n`;
}

function written(name: FlagName): string {
  const { short, value, multiple }: Flag = FLAGS[name];
  const names = short === undefined ? `    --${name}` : `-${short}, --${name}`;
  const argument = value === undefined ? names : `${names} ${value}`;
  return multiple ? `${argument} ...` : argument;
}

const row = (left: string, right: string): string => `  ${left.padEnd(33)}${right}`;
