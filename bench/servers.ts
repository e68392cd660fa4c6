import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { issueAuthority, issueLeaf } from '../certs/issue.ts';
import { ServerProcess } from '../test/support/webhook-process.ts';
import { NODE_FLAGS } from '../webhook/image/webhook-image.ts';

/** A server under load, with the CA that verifies it. */
export interface Server {
  readonly name: string;
  readonly process: ServerProcess;
  readonly ca: string;
}

/** Both servers get the flags that `npm start` gives the webhook. */
const NODE = [process.execPath, ...NODE_FLAGS];

/** Starts the floor and the bundled webhook, each run by that command prefix; their files are in a new folder. */
export async function startServers(
  prefix: readonly string[],
): Promise<AsyncDisposable & { servers: Server[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zonekeeper-bench-'));
  const command = [...prefix, ...NODE];
  const servers = [await startFloor(command, folder), await startWebhook(command, folder)];
  return {
    servers,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.process.stop()));
      await rm(folder, { recursive: true });
    },
  };
}

async function startFloor(command: readonly string[], folder: string): Promise<Server> {
  const validity = { now: Date.now(), lifetime: 86_400_000 };
  const ca = await issueAuthority(validity);
  const { cert, key } = await issueLeaf(['127.0.0.1'], ca, validity);
  await writeFile(path.join(folder, 'floor.crt'), cert);
  await writeFile(path.join(folder, 'floor.key'), key, { mode: 0o600 });
  const process = await ServerProcess.start({ command, args: ['bench/floor.ts', folder] });
  return { name: 'floor', process, ca: ca.cert };
}

async function startWebhook(command: readonly string[], folder: string): Promise<Server> {
  const local = ['--local', '--port=0', '--ops-port=0', `--cert-dir=${folder}`];
  const process = await ServerProcess.start({
    command,
    args: ['dist/bundle/webhook.mjs', ...local],
  });
  await process.ready();
  return { name: 'zonekeeper', process, ca: await readFile(path.join(folder, 'ca.crt'), 'utf8') };
}
