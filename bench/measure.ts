import { run } from '../test/support/run.ts';
import type { Case } from './cases.ts';
import type { Load, Result } from './load.ts';
import { startServers } from './servers.ts';

export interface Setting {
  readonly turns: number;
  readonly connections: number;
  /** Command prefixes that pin the servers and the generator to a core each; empty where that is impossible. */
  readonly pin: { readonly server: readonly string[]; readonly generator: readonly string[] };
}

/** Reviews after which the compiler has hardly anything left to do. */
const WARM_UP = 3000;

/** Runs the case against a fresh floor and a fresh webhook, which take turns. */
export async function measure(
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
