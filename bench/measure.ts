import { run } from '../test/support/run.ts';
import type { Case } from './cases.ts';
import type { Load, Result } from './load.ts';
import { startServers } from './servers.ts';
import { median } from './statistics.ts';

export interface Setting {
  /** Fresh pairs of processes: no two that run the same code compile it and lay it out alike. */
  readonly processes: number;
  /** Of each pair. */
  readonly turns: number;
  readonly connections: number;
  /** Command prefixes that pin the servers and the generator to a core each; empty where that is impossible. */
  readonly pin: { readonly server: readonly string[]; readonly generator: readonly string[] };
}

/** Reviews after which the compiler has hardly anything left to do. */
const WARM_UP = 3000;

/** Runs the case against fresh floors and fresh webhooks, a pair of which takes turns; medians of the pairs, the largest memory of all. */
export async function measure(tested: Case, setting: Setting, rate?: number): Promise<Result[]> {
  const runs: Result[][] = [];
  for (let pair = 0; pair < setting.processes; pair += 1) {
    runs.push(await measureOnce(tested, setting, rate));
  }
  const [first = []] = runs;
  return first.map(({ name }, index) =>
    middle(
      name,
      runs.flatMap((results) => results[index] ?? []),
    ),
  );
}

function middle(name: string, results: readonly Result[]): Result {
  const of = (value: (result: Result) => number) => median(results.map(value));
  return {
    name,
    cpu: of(({ cpu }) => cpu),
    ratio: of(({ ratio }) => ratio),
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    megabytes: Math.max(...results.map(({ megabytes }) => megabytes)),
    generatorBusy: of(({ generatorBusy }) => generatorBusy),
  };
}

async function measureOnce(
  { body, requests }: Case,
  { turns, connections, pin }: Setting,
  rate?: number,
): Promise<Result[]> {
  await using started = await startServers(pin.server);
  const targets = started.servers.map(({ name, process: { port, pid }, ca }) => ({
    ...{ name, port, pid, ca },
  }));
  const warmUp = rate === undefined ? WARM_UP : rate * 2;
  const load: Load = { targets, body, connections, turns, requests, warmUp };
  const [program = '', ...args] = [...pin.generator, process.execPath, 'bench/load.ts'];
  const input = JSON.stringify(rate === undefined ? load : { ...load, rate });
  const { code, stdout, stderr } = await run(program, args, { input, timeout: 600_000 });
  if (code !== 0) throw new Error(`the load generator failed: ${stderr}`);
  return JSON.parse(stdout) as Result[];
}
