import { parseArgs } from 'node:util';
import { FLAGS, type Flag, type FlagName, type Given } from './flags.ts';
import { type Problem, problem } from './messages.ts';
import type { Settings } from './settings.ts';
import { SettingsReader } from './settings-reader.ts';

/** A command line that can be followed, or everything that is wrong with it. */
export type ParsedArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] }
  | { readonly kind: 'settings'; readonly settings: Settings };

const TABLE: Readonly<Record<string, Flag>> = FLAGS;

/** Reads the arguments behind the program's name; never throws. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  const { given, problems } = sort(args);
  if (given.has('help')) return { kind: 'help' };
  if (given.has('version')) return { kind: 'version' };
  const reader = new SettingsReader(given, problems);
  const settings = reader.read();
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'settings', settings };
}

/** Sorts a command line by flag and gathers everything that is no flag, lacks its value or stands twice. */
function sort(args: readonly string[]): { given: Given; problems: Problem[] } {
  const options = Object.entries(TABLE).map(([name, { value }]) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, { type }] as const;
  });
  const config = { args: [...args], options: Object.fromEntries(options) };
  const { tokens } = parseArgs({ ...config, strict: false, tokens: true });
  const given = new Map<FlagName, string[]>();
  const problems = tokens.flatMap((token): Problem[] => {
    if (token.kind === 'option-terminator') return [];
    if (token.kind === 'positional') return [unknown(token.value)];
    return take(token, given);
  });
  return { given, problems };
}

/** Adds a flag to those given, or tells what is wrong with it. */
function take(
  token: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  given: Map<FlagName, string[]>,
): Problem[] {
  if (!Object.hasOwn(TABLE, token.name)) return [unknown(token.rawName)];
  const name = token.name as FlagName;
  const flag: Flag = FLAGS[name];
  const value = token.value ?? '';
  if (flag.value === undefined ? token.value !== undefined : value === '') {
    const expected = flag.value === undefined ? 'no value' : `--${name}=${flag.value}`;
    return [problem('ZK842', { flag: token.rawName, value, expected })];
  }
  const before = given.get(name);
  if (before !== undefined && flag.multiple === undefined) {
    return [problem('ZK843', { flag: token.rawName })];
  }
  given.set(name, [...(before ?? []), value]);
  return [];
}

function unknown(argument: string): Problem {
  const known = Object.keys(TABLE).map((name) => `--${name}`);
  return problem('ZK841', { argument, known: known.join(', ') });
}
