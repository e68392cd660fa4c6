import type { ClusterQuery, ReadCluster } from '../core/check/facts.ts';
import type { Context } from '../core/context.ts';
import { type GivenFlags, parseArguments } from './arguments.ts';
import { type CommandName, help } from './commands.ts';
import { difference } from './difference.ts';
import { type EditSets, injection, uninjection } from './edits.ts';
import { explainSource } from './explain.ts';
import { errors, type Finding, findingText, isError } from './findings.ts';
import { joinStreams } from './join.ts';
import { settingsOf } from './settings.ts';
import { readSources } from './sources.ts';
import { transformAll } from './transform.ts';

/** What the command line has to do with the outside, besides the files that it is given by name. */
export interface Io {
  readonly stdin: () => Promise<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly version: string;
  /** In milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether standard output shows colours. */
  readonly colour: boolean;
  readonly readCluster: (query: ClusterQuery) => Promise<ReadCluster>;
}

/**
 * 0: done; 1: a set is refused, input cannot be read, or a check found errors; 2: the arguments are wrong, or a check could
 * not run.
 */
export type ExitCode = 0 | 1 | 2;

/** Runs the command line with the arguments behind the program's name. Rejects only for defects. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(args);
  switch (parsed.kind) {
    case 'nothing':
      io.stderr(help());
      return 2;
    case 'help':
      io.stdout(help(parsed.command));
      return 0;
    case 'version':
      io.stdout(`${io.version}\n`);
      return 0;
    case 'wrong':
      return fail(io, errors(parsed.problems), 2);
    case 'command':
      return follow(parsed.command, parsed.flags, io);
  }
}

async function follow(command: CommandName, flags: GivenFlags, io: Io): Promise<ExitCode> {
  if (command === 'check') return (await import('./check.ts')).check(flags, io);
  if (command === 'uninject') return edit(flags, uninjection, io);
  const settings = await settingsOf(flags, io.version);
  if (settings.problems) return fail(io, errors(settings.problems), settings.misused ? 2 : 1);
  return command === 'inject'
    ? edit(flags, injection(settings.context), io)
    : explain(flags, settings.context, io);
}

/** Writes all of the output or, if anything is wrong, none of it: what follows in a pipe must not act on a part. */
async function edit(flags: GivenFlags, edits: EditSets, io: Io): Promise<ExitCode> {
  const { sources, problems } = await readSources(flags.files, io.stdin);
  const results = transformAll(sources, edits);
  const findings = [...errors(problems), ...results.flatMap((result) => result.findings)];
  if (findings.some(isError)) return fail(io, findings, 1);
  const idle = results.every(({ sets }) => sets === 0);
  tell(io, idle ? [...findings, { severity: 'warning', problem: edits.idle }] : findings);
  const output = flags.diff
    ? results.map(({ source, text }) => difference(source, text)).join('')
    : joinStreams(results.map(({ text }) => text));
  io.stdout(output);
  return 0;
}

async function explain(flags: GivenFlags, context: Context, io: Io): Promise<ExitCode> {
  const { sources, problems } = await readSources(flags.files, io.stdin);
  const results = sources.map((source) => explainSource(source, context));
  const findings = [...errors(problems), ...results.flatMap((result) => result.findings)];
  const paragraphs = results.flatMap((result) => result.paragraphs);
  const idle = paragraphs.length === 0 && findings.length === 0;
  tell(io, idle ? [{ severity: 'warning', problem: injection(context).idle }] : findings);
  io.stdout(paragraphs.join('\n'));
  return findings.some(isError) || results.some(({ refused }) => refused) ? 1 : 0;
}

function fail(io: Io, findings: readonly Finding[], code: ExitCode): ExitCode {
  tell(io, findings);
  return code;
}

function tell(io: Io, findings: readonly Finding[]): void {
  for (const finding of findings) io.stderr(findingText(finding));
}
