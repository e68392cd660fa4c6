import { parseArgs } from 'node:util';
import { closest } from 'fastest-levenshtein';
import { listed, type Problem, problem } from '../core/problems.ts';
import {
  COMMANDS,
  type Command,
  type CommandName,
  FLAGS,
  type Flag,
  type FlagName,
} from './commands.ts';

/** A command line that can be followed, or what is wrong with it. */
export type ParsedArguments =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] }
  | { readonly kind: 'command'; readonly command: CommandName; readonly flags: GivenFlags };

export interface GivenFlags {
  /** Files, folders and `-`, in their order. */
  readonly files: readonly string[];
  readonly config?: string;
  readonly profile?: string;
  readonly clusterVersion?: string;
  readonly diff: boolean;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly output?: string;
  readonly allNamespaces?: true;
  readonly beforeUninstall?: true;
  readonly strict?: true;
}

/** Reads the arguments behind the program's name; never throws. */
export function parseArguments([first, ...rest]: readonly string[]): ParsedArguments {
  if (first === undefined) return { kind: 'nothing' };
  if (first === '--version' || first === 'version') return { kind: 'version' };
  if (first === '--help' || first === '-h') return { kind: 'help' };
  if (first === 'help')
    return isCommand(rest[0]) ? { kind: 'help', command: rest[0] } : { kind: 'help' };
  if (!isCommand(first)) return { kind: 'wrong', problems: [unknownCommand(first)] };
  return parseFlags(first, rest);
}

function isCommand(value: string | undefined): value is CommandName {
  return value !== undefined && Object.hasOwn(COMMANDS, value);
}

function unknownCommand(value: string): Problem {
  const names = Object.keys(COMMANDS);
  const hint = `did you mean ${closest(value, names)}? see zonekeeper --help`;
  return problem('ZK501', { value, known: names.join(', '), hint });
}

function parseFlags(command: CommandName, args: readonly string[]): ParsedArguments {
  const given = new Map<FlagName, string[]>();
  const problems = tokensOf(args).flatMap((token, index, tokens): Problem[] => {
    if (token.kind === 'option') return takeFlag(command, token, given);
    if (token.kind === 'option-terminator' || isMisread(tokens[index - 1])) return [];
    return [problem('ZK504', { value: token.value })];
  });
  if (given.has('help')) return { kind: 'help', command };
  const files = given.get('filename') ?? [];
  const { filesOptional }: Command = COMMANDS[command];
  const idle = files.length === 0 && filesOptional !== true;
  if (idle && problems.length === 0) problems.push(problem('ZK503', { command }));
  if (problems.length > 0) return { kind: 'wrong', problems };
  return { kind: 'command', command, flags: flagsOf(given, files) };
}

/** Adds a flag to those given, or tells what is wrong with it. */
function takeFlag(
  command: CommandName,
  token: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  given: Map<FlagName, string[]>,
): Problem[] {
  const { flags: allowed }: Command = COMMANDS[command];
  const name = allowed.find((flag) => flag === token.name);
  const trouble = name ? misuse(name, token.value, given) : unknown(token.rawName, allowed);
  if (trouble) return [problem('ZK502', { flag: token.rawName, command, ...trouble })];
  if (name) given.set(name, [...(given.get(name) ?? []), token.value ?? '']);
  return [];
}

/** An unknown flag, whose value stands behind it like an argument of its own. */
function isMisread(token: { readonly kind: string; readonly name?: string } | undefined): boolean {
  return token?.kind === 'option' && !Object.hasOwn(FLAGS, token.name ?? '');
}

function tokensOf(args: readonly string[]) {
  const options = Object.entries(FLAGS as Readonly<Record<string, Flag>>).map(
    ([name, { short, value }]) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [name, { type, ...(short && { short }) }] as const;
    },
  );
  const config = { args: [...args], options: Object.fromEntries(options) };
  return parseArgs({ ...config, strict: false, tokens: true }).tokens;
}

interface Trouble {
  readonly detail: string;
  readonly expected: string;
}

function unknown(rawName: string, allowed: readonly FlagName[]): Trouble {
  const names = allowed.map((name) => `--${name}`);
  const nearest = closest(rawName, names);
  return {
    detail: 'is unknown',
    expected: `${nearest}, perhaps, or another of ${names.join(', ')}`,
  };
}

/** What is wrong with the value of a flag, if anything is. */
function misuse(
  name: FlagName,
  value: string | undefined,
  given: ReadonlyMap<FlagName, readonly string[]>,
): Trouble | undefined {
  const flag: Flag = FLAGS[name];
  const before = given.get(name);
  if (flag.value === undefined) {
    return value === undefined
      ? undefined
      : { detail: `has the value "${value}"`, expected: 'none' };
  }
  if (value === undefined || value === '' || /^-./.test(value)) {
    return { detail: 'has no value', expected: `${flag.value} behind it` };
  }
  if (before !== undefined && flag.multiple === undefined) {
    return { detail: 'is given twice', expected: 'it once' };
  }
  if (before?.includes(value)) {
    return { detail: `names ${listed([value])} twice`, expected: 'each file once' };
  }
  return undefined;
}

const TEXTS = {
  config: 'config',
  profile: 'profile',
  'cluster-version': 'clusterVersion',
  kubeconfig: 'kubeconfig',
  context: 'context',
  namespace: 'namespace',
  output: 'output',
} as const satisfies Partial<Record<FlagName, keyof GivenFlags>>;

const SWITCHES = {
  'all-namespaces': 'allNamespaces',
  'before-uninstall': 'beforeUninstall',
  strict: 'strict',
} as const satisfies Partial<Record<FlagName, keyof GivenFlags>>;

/** What is not given is absent. */
function flagsOf(
  given: ReadonlyMap<string, readonly string[]>,
  files: readonly string[],
): GivenFlags {
  const texts = Object.entries(TEXTS).flatMap(([name, key]) =>
    (given.get(name) ?? []).map((value) => [key, value]),
  );
  const switches = Object.entries(SWITCHES)
    .filter(([name]) => given.has(name))
    .map(([, key]) => [key, true]);
  return { files, ...Object.fromEntries([...texts, ...switches]), diff: given.has('diff') };
}
