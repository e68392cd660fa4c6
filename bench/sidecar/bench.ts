import { cpus, loadavg } from 'node:os';
import { anonymousMegabytes, cpuMicroseconds, residentMegabytes } from '../process-facts.ts';
import { median, percentile } from '../statistics.ts';
import { head, row } from '../table.ts';
import {
  type Contender,
  end,
  FLOOR,
  FLOOR_WITH_FLAGS,
  inFolder,
  settled,
  start,
  ZONEKEEPER,
} from './contenders.ts';
import { bareStart, toFirstFile } from './starts.ts';
import { measureSwaps, type Swaps } from './swaps.ts';

const CONTENDERS = [FLOOR, FLOOR_WITH_FLAGS, ZONEKEEPER];
const SWAPS = 1000;
const LONG = 10_000;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** The bundled sidecar beside its floor: idle, starting, and following rotations. */
export async function benchSidecar(turns: number): Promise<void> {
  const before = load();
  await idle(Math.min(turns, 7));
  await starts(turns);
  await swaps(Math.max(1, Math.round(turns / 4)));
  await long();
  print(
    `\nNode.js ${process.version}; ${cpus().length} × ${cpus()[0]?.model}, load ${before} before and ${load()} after; \
medians of ${turns} starts and of ${Math.min(turns, 7)} processes at rest.`,
  );
}

async function idle(turns: number): Promise<void> {
  print(head(['at rest', 'RSS MB', 'anonymous MB', 'CPU ms in 10 s']));
  const found = CONTENDERS.map(() => [] as [number, number, number][]);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, each] of CONTENDERS.entries()) found[index]?.push(await rest(each));
  }
  for (const [index, { name }] of CONTENDERS.entries()) {
    const column = (n: 0 | 1 | 2) => median((found[index] ?? []).map((one) => one[n]));
    print(row([name, ...([0, 1, 2] as const).map((n) => column(n).toFixed(1))]));
  }
}

function rest(contender: Contender): Promise<[number, number, number]> {
  return inFolder(async (folder) => {
    const child = start(contender, folder);
    const pid = await settled(child);
    const begun = cpuMicroseconds(pid);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const busy = (cpuMicroseconds(pid) - begun) / 1000;
    const facts: [number, number, number] = [residentMegabytes(pid), anonymousMegabytes(pid), busy];
    await end(child);
    return facts;
  });
}

async function starts(turns: number): Promise<void> {
  print(`\n${head(['start', 'ms', '× bare'])}`);
  const measured: [string, () => Promise<number>][] = [
    ['bare Node.js, to its end', bareStart],
    ...CONTENDERS.map((each): [string, () => Promise<number>] => [
      `${each.name}, to the first file`,
      () => toFirstFile(each),
    ]),
  ];
  const found = measured.map(() => [] as number[]);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, [, measure]] of measured.entries()) found[index]?.push(await measure());
  }
  const bare = median(found[0] ?? []);
  for (const [index, [name]] of measured.entries()) {
    const middle = median(found[index] ?? []);
    print(row([name, middle.toFixed(1), (middle / bare).toFixed(2)]));
  }
}

async function swaps(turns: number): Promise<void> {
  print(`\n${head(['swap to new file, 20 × 1 kB', 'p50 µs', 'p99 µs', 'missed'])}`);
  const found = CONTENDERS.map(() => [] as Swaps[]);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, each] of CONTENDERS.entries()) {
      found[index]?.push(await measureSwaps(each, SWAPS, SWAPS));
    }
  }
  for (const [index, { name }] of CONTENDERS.entries()) {
    const all = found[index] ?? [];
    const at = (share: number) =>
      median(all.map(({ latencies }) => percentile(latencies, share))).toFixed(0);
    const missed = all.reduce((sum, one) => sum + one.missed, 0);
    print(row([name, at(0.5), at(0.99), `${missed} of ${turns * SWAPS}`]));
  }
}

async function long(): Promise<void> {
  const { memory, missed } = await measureSwaps(ZONEKEEPER, LONG, LONG / 20);
  const settledAt = memory.slice(memory.length / 2);
  print(
    `\n${LONG} swaps: ${missed} missed; anonymous memory after each ${LONG / 20}: \
${memory.map((one) => one.toFixed(1)).join(', ')} MB; \
${((slope(settledAt) * 20) / LONG).toFixed(5)} MB a swap in the second half.`,
  );
}

/** Of the line of least squares through values at equal distances. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const up = values.reduce((sum, each, index) => sum + (index - middle) * (each - mean), 0);
  return up / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}

const load = (): string => (loadavg()[0] ?? 0).toFixed(1);
