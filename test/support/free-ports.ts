import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Below the range from which Linux takes the ports of outgoing connections (32768 and up). */
const FIRST = 10_000;
const LAST = 29_999;

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
