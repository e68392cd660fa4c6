import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';

const NAMES = [
  'etcd',
  'etcd-peer',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
] as const;

/** The TCP ports of 127.0.0.1 that the servers of one control plane listen on. */
export type Ports = Record<(typeof NAMES)[number], number>;

/** Below the range from which Linux takes the ports of outgoing connections (32768 and up). */
const FIRST = 10_000;
const LAST = 29_999;

/** The ports that the folder's servers had before, else free ones, which are kept there. */
export async function portsOf(folder: string): Promise<Ports> {
  const file = path.join(folder, 'ports.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept) as Ports;
  const numbers = await freePorts(NAMES.length);
  const ports = Object.fromEntries(NAMES.map((name, index) => [name, numbers[index]])) as Ports;
  await writeFile(file, JSON.stringify(ports));
  return ports;
}

/** As many different free ports of 127.0.0.1. Random ones, so that whoever asks at the same time gets others. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  try {
    while (held.length < count) held.push(await holdSomePort());
    return held.map((server) => (server.address() as { port: number }).port);
  } finally {
    await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  }
}

async function holdSomePort(): Promise<Server> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const server = await hold(randomInt(FIRST, LAST + 1));
    if (server) return server;
  }
  throw new Error(`Expected a free port of 127.0.0.1 between ${FIRST} and ${LAST}, tried 100`);
}

async function hold(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
