import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Test } from 'tap';
import { freePorts } from '../free-ports.ts';
import { scratch } from '../scratch.ts';
import type { Installed } from './installed.ts';
import { issueKeyStore, PASSWORD } from './key-store.ts';

/** Milliseconds in which it must be up. */
const START = 120_000;

/**
 * Runs lowkey-vault as a process of its own until the test ends. On 127.0.0.1 it serves one vault under the name of a real one,
 * with a certificate of ours for that. With its own certificate the vault would be at `NAME.localhost`, which Node.js does not
 * accept by `*.localhost`; and Azure's client sends a token only to a vault below the domain that the challenge names.
 */
export async function startLowkeyVault(t: Test, { java, jar }: Installed, host: string) {
  const folder = scratch(t);
  const { ca, keyStore } = await issueKeyStore(host);
  const file = path.join(folder, 'key-store.p12');
  await writeFile(file, keyStore);
  const [port = 0, tokenPort = 0] = await freePorts(2);
  const options = {
    'server.address': '127.0.0.1',
    'server.port': port,
    // This one it opens on every address; no vault is behind it, only tokens that nobody takes.
    'app.token.port': tokenPort,
    'server.ssl.key-store': `file:${file}`,
    'server.ssl.key-store-type': 'PKCS12',
    'server.ssl.key-store-password': PASSWORD,
    LOWKEY_VAULT_ALIASES: `localhost=${host}:<port>`,
    LOWKEY_AUTH_RESOURCE: host.replace(/^[^.]*\./, ''),
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(java, [`-Djava.io.tmpdir=${folder}`, '-jar', jar, ...args], {
    cwd: folder, // It reads a configuration from where it runs.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  t.teardown(() => {
    child.kill('SIGKILL'); // It holds nothing that would have to be saved.
    return ended;
  });
  await up(child, ended, () => pinged({ host: '127.0.0.1', servername: host, port, ca }));
  return { url: `https://${host}:${port}`, ca };
}

/** Resolves when it answers; rejects with all that it said if it ends instead, or is too late. */
async function up(
  child: ChildProcessByStdio<null, Readable, Readable>,
  ended: Promise<unknown>,
  answers: () => Promise<boolean>,
): Promise<void> {
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => said.push(chunk));
  }
  const over = ended.then(() => 'ended');
  const latest = Date.now() + START;
  while (!(await answers())) {
    const tooLate = Date.now() > latest ? 'is too late' : undefined;
    const outcome = tooLate ?? (await Promise.race([over, setTimeout(200)]));
    if (outcome) throw new Error(`lowkey-vault ${outcome}: ${said.join('')}`);
  }
}

/** Whether there is an answer; whoever listens there must prove to be the host. */
async function pinged(options: { host: string; servername: string; port: number; ca: string }) {
  const request = get({ ...options, path: '/ping', agent: false });
  try {
    const [response] = await once(request, 'response');
    response.resume();
    return response.statusCode === 200;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ECONNREFUSED') return false;
    throw error;
  }
}
