import { stringify } from 'yaml';
import { checkCluster } from '../core/check/cluster.ts';
import type { CheckReport } from '../core/check/report.ts';
import { type Problem, problem } from '../core/problems.ts';
import type { GivenFlags } from './arguments.ts';
import { countsOf, documentOf } from './check/document.ts';
import { checkSources } from './check/files.ts';
import { contradictions, type Format, formatOf } from './check/flags.ts';
import { type Scope, tableOf } from './check/table.ts';
import { errors, findingText } from './findings.ts';
import type { ExitCode, Io } from './run.ts';
import { configurationOf, settingsOf } from './settings.ts';
import { readSources } from './sources.ts';

/** A check that was made, or why it could not be. */
type Made = { readonly report: CheckReport; readonly scope: Scope } | readonly Problem[];

/** Checks files or a cluster and writes what it found. */
export async function check(flags: GivenFlags, io: Io): Promise<ExitCode> {
  const wrong = contradictions(flags);
  const format = formatOf(flags);
  if (wrong.length > 0 || format === undefined) return couldNot(wrong, io);
  const made = await (flags.files.length > 0 ? checkFiles(flags, io) : checkLive(flags, io));
  if ('report' in made) {
    io.stdout(textOf(made, format, io.colour));
    const counts = countsOf(made.report.findings);
    return counts.errors > 0 || (flags.strict === true && counts.warnings > 0) ? 1 : 0;
  }
  return couldNot(made, io);
}

async function checkFiles(flags: GivenFlags, io: Io): Promise<Made> {
  const settings = await settingsOf(flags, io.version);
  if (settings.problems !== undefined) return settings.problems;
  const { sources, problems } = await readSources(flags.files, io.stdin);
  if (problems.length > 0) return problems;
  const report = checkSources(sources, settings.context);
  // Output without a set is easily taken for a set without a problem.
  if (report.sets.length === 0 && report.findings.length === 0) {
    const key = 'zonekeeper.io/inject';
    const mend = 'add it to what shall be injected, or name other files';
    io.stderr(findingText({ severity: 'warning', problem: problem('ZK510', { key, mend }) }));
  }
  return { report, scope: sources.length === 1 ? 'one file' : `${sources.length} files` };
}

async function checkLive(flags: GivenFlags, io: Io): Promise<Made> {
  const { config, kubeconfig, context, namespace } = flags;
  const beforeUninstall = flags.beforeUninstall === true;
  const named = config === undefined ? undefined : await configurationOf(config);
  if (named !== undefined && 'problems' in named) return named.problems;
  const read = await io.readCluster({
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    ...(namespace !== undefined && { namespace }),
    ...(named !== undefined && { configuration: named.configuration }),
    // It goes from all of them.
    allNamespaces: flags.allNamespaces === true || (beforeUninstall && namespace === undefined),
  });
  if (read.unreachable !== undefined) return [read.unreachable];
  const { facts, namespace: checked } = read;
  const report = checkCluster(facts, {
    now: io.now(),
    version: io.version,
    ...(checked !== undefined && { namespace: checked }),
    beforeUninstall,
  });
  const scope = checked === undefined ? 'all namespaces' : `namespace ${checked}`;
  return { report, scope };
}

function textOf(
  { report, scope }: { readonly report: CheckReport; readonly scope: Scope },
  format: Format,
  colour: boolean,
): string {
  if (format === 'table') return tableOf(report, scope, colour);
  const document = documentOf(report);
  if (format === 'json') return `${JSON.stringify(document, null, 2)}\n`;
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

function couldNot(problems: readonly Problem[], io: Io): ExitCode {
  for (const finding of errors(problems)) io.stderr(findingText(finding));
  return 2;
}
