/**
 * The load generator, a process of its own. Takes a `Load` as JSON on standard input and prints a `Result` for each target
 * as JSON.
 */
import { json } from 'node:stream/consumers';
import { type Connection, openConnections } from './connection.ts';
import { cpuMicroseconds, residentMegabytes } from './process-facts.ts';
import { median, percentile } from './statistics.ts';

export interface Target {
  readonly name: string;
  readonly port: number;
  /** The server's process, whose CPU time and memory are read. */
  readonly pid: number;
  /** PEM. */
  readonly ca: string;
}

export interface Load {
  readonly targets: readonly Target[];
  readonly body: string;
  readonly connections: number;
  /** How often the targets take turns. Short turns meet whatever else the machine does alike. */
  readonly turns: number;
  /** Requests of a turn. */
  readonly requests: number;
  /** Requests to each target before its first turn. */
  readonly warmUp: number;
  /** Requests a second, whether or not earlier ones are answered; absent: each connection sends as soon as it can. */
  readonly rate?: number;
}

export interface Result {
  readonly name: string;
  /** CPU time of the server a request in microseconds, median of the turns. */
  readonly cpu: number;
  /** The same over that of the first target in the same turn, median of the turns. */
  readonly ratio: number;
  /** Median of the turns. */
  readonly perSecond: number;
  /** Microseconds from when a request was due to its whole answer, over all requests. */
  readonly p50: number;
  readonly p99: number;
  /** Largest resident memory of the server after a turn. */
  readonly megabytes: number;
  /** CPU time of this generator over elapsed time; near 1 it is what limits the rate. */
  readonly generatorBusy: number;
}

interface Turn {
  readonly cpu: number;
  readonly perSecond: number;
  readonly busy: number;
  readonly megabytes: number;
  readonly latencies: readonly number[];
}

const load = (await json(process.stdin)) as Load;
const contenders = await Promise.all(
  load.targets.map(async (target) => {
    const connections = await openConnections(target, load.body, load.connections);
    await closedLoop(connections, load.warmUp);
    return { target, connections, turns: [] as Turn[] };
  }),
);
for (let turn = 0; turn < load.turns; turn += 1) {
  for (const { target, connections, turns } of contenders)
    turns.push(await take(target, connections));
}
const first = contenders[0]?.turns ?? [];
const results = contenders.map(({ target, turns }): Result => {
  const latencies = turns.flatMap((turn) => turn.latencies);
  return {
    name: target.name,
    cpu: median(turns.map(({ cpu }) => cpu)),
    ratio: median(turns.map(({ cpu }, index) => cpu / (first[index]?.cpu ?? Number.NaN))),
    perSecond: median(turns.map(({ perSecond }) => perSecond)),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    megabytes: Math.max(...turns.map(({ megabytes }) => megabytes)),
    generatorBusy: median(turns.map(({ busy }) => busy)),
  };
});
for (const { connections } of contenders) for (const connection of connections) connection.close();
process.stdout.write(JSON.stringify(results));

async function take({ pid }: Target, connections: readonly Connection[]): Promise<Turn> {
  const { requests, rate } = load;
  const before = cpuMicroseconds(pid);
  const own = process.cpuUsage();
  const begun = performance.now();
  const latencies =
    rate === undefined
      ? await closedLoop(connections, requests)
      : await paced(connections, requests, rate);
  const elapsed = performance.now() - begun;
  const { user, system } = process.cpuUsage(own);
  return {
    cpu: (cpuMicroseconds(pid) - before) / requests,
    perSecond: (requests / elapsed) * 1000,
    busy: (user + system) / 1000 / elapsed,
    megabytes: residentMegabytes(pid),
    latencies,
  };
}

/** Every connection sends as soon as it has its answer, until so many were sent. Latencies in microseconds. */
async function closedLoop(connections: readonly Connection[], requests: number): Promise<number[]> {
  const found: number[] = [];
  let left = requests;
  await Promise.all(
    connections.map(async (connection) => {
      while (left > 0) {
        left -= 1;
        const sent = performance.now();
        await connection.exchange();
        found.push((performance.now() - sent) * 1000);
      }
    }),
  );
  return found;
}

/** Sends at an even rate on whatever connection is free; a request that finds none waits, and its wait counts. */
async function paced(
  connections: readonly Connection[],
  requests: number,
  rate: number,
): Promise<number[]> {
  const found: number[] = [];
  const free = [...connections];
  const waiting: number[] = [];
  const start = performance.now();
  let issued = 0;
  await new Promise<void>((resolve, reject) => {
    const serve = () => {
      while (free.length > 0 && waiting.length > 0) {
        const connection = free.pop() as Connection;
        const due = waiting.shift() as number;
        connection.exchange().then(() => {
          found.push((performance.now() - due) * 1000);
          free.push(connection);
          if (found.length === requests) resolve();
          else serve();
        }, reject);
      }
    };
    const tick = () => {
      const now = performance.now();
      const due = Math.min(requests, Math.floor(((now - start) / 1000) * rate));
      for (; issued < due; issued += 1) waiting.push(now);
      serve();
      if (issued < requests) setTimeout(tick, 1);
    };
    tick();
  });
  return found;
}
