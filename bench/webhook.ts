import { cpus, loadavg } from 'node:os';
import { run } from '../test/support/run.ts';
import { cases } from './cases.ts';
import { measure, type Setting } from './measure.ts';
import { closedLoopRow, HEADS, head, pacedRow, row } from './table.ts';

const PACE = 500;

/** The bundled webhook beside the floor, over TLS on loopback, as Markdown on standard output. */
export async function benchWebhook(
  processes: number,
  turns: number,
  connections: number,
): Promise<void> {
  const canPin = cpus().length > 1 && (await pinnedToSecondCore());
  const setting: Setting = {
    processes,
    turns,
    connections,
    pin: {
      server: canPin ? ['taskset', '-c', '0'] : [],
      generator: canPin ? ['taskset', '-c', '1'] : [],
    },
  };
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const load = () => (loadavg()[0] ?? 0).toFixed(1);

  const before = load();
  const all = await cases();
  print(head(HEADS.closedLoop));
  for (const each of all) {
    for (const result of await measure(each, setting)) print(row(closedLoopRow(each, result)));
  }
  print(`\nAt ${PACE} reviews a second:\n\n${head(HEADS.paced)}`);
  for (const each of [all[0], all[2]]) {
    if (each === undefined) continue;
    const paced = { ...each, requests: PACE * 2 };
    for (const result of await measure(paced, { ...setting, processes: 1, turns: 7 }, PACE)) {
      print(row(pacedRow(paced, result)));
    }
  }
  print(`
Node.js ${process.version}; ${cpus().length} × ${cpus()[0]?.model}, load ${before} before and ${load()} after; \
${canPin ? 'servers on one core and generator on another' : 'nothing pinned'}; ${setting.connections} connections; \
medians of ${processes} pairs of processes, each of ${turns} turns; at ${PACE} a second of 7 turns of one pair.`);
}

/** This process reads the log of the servers, which must not cost them their core. */
async function pinnedToSecondCore(): Promise<boolean> {
  const pinned = run('taskset', ['-pc', '1', String(process.pid)]);
  return pinned.then(
    ({ code }) => code === 0,
    () => false,
  );
}
