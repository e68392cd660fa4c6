import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { writeFileAtomic } from '../../sidecar/files/write.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';
import { SecretMount } from '../support/secret-mount.ts';

t.setTimeout(120_000);

const EXAMPLES = 'examples/sidecar';

/** An application's folder: the package as it is published, and the examples as JavaScript. */
async function application(): Promise<string> {
  const folder = scratch(t);
  const installed = path.join(folder, 'node_modules', 'zonekeeper');
  mkdirSync(installed, { recursive: true });
  copyFileSync('package.json', path.join(installed, 'package.json'));
  const tsc = path.resolve('node_modules/.bin/tsc');
  const out = ['--outDir', path.join(installed, 'dist'), '--sourceMap', 'false'];
  // Without what tap has every child load first: TypeScript's program cannot be started with it.
  const command = ['NODE_OPTIONS=', tsc, '-p', 'tsconfig.build.json', ...out];
  const built = await run('env', command, { timeout: 110_000 });
  if (built.code !== 0) throw new Error(built.stdout + built.stderr);
  for (const name of readdirSync(EXAMPLES)) {
    const source = readFileSync(path.join(EXAMPLES, name), 'utf8');
    writeFileSync(path.join(folder, name.replace('.ts', '.mjs')), stripTypeScriptTypes(source));
  }
  return folder;
}

const folder = await application();

/** Starts an example; yields the lines that it prints. */
function start(t: Test, name: string, ...args: string[]) {
  const child = spawn(process.execPath, [path.join(folder, name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value as string;
  const end = async () => {
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    return code as number;
  };
  return { next, end };
}

t.test('an application takes a rotated secret without a restart', async (t) => {
  const file = path.join(scratch(t), 'app.env');
  writeFileAtomic(file, "DB_PASSWORD='12345'\n");
  const app = start(t, 'follow-environment-file.mjs', file);
  t.equal(await app.next(), 'connecting with a password of 5 characters');
  writeFileAtomic(file, "DB_PASSWORD='1234567'\n");
  t.equal(await app.next(), 'connecting with a password of 7 characters');
  t.equal(await app.end(), 0);
});

t.test('a mount is read, and what is none is told', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  const read = () => run(process.execPath, [path.join(folder, 'read-mount.mjs'), mount.path]);
  t.match(await read(), { code: 1, stderr: /^ZK811 / });
  mount.write({ password: '1234' });
  t.match(await read(), { code: 0, stdout: /^password: 4 bytes\nlast changed 2/ });
});

t.test('a sidecar of one’s own keeps a file in step and answers the probes', async (t) => {
  const own = scratch(t);
  const mount = new SecretMount(path.join(own, 'mount'));
  mount.write({ 'my-secret': 'one' });
  const file = path.join(own, 'app.env');
  const port = 20_000 + (process.pid % 20_000);
  const sidecar = start(t, 'own-environment-file.mjs', mount.path, file, String(port));
  t.equal(await sidecar.next(), 'created');
  t.equal(readFileSync(file, 'utf8'), "MY_SECRET='one'\n");
  mount.write({ 'my-secret': 'two' });
  t.equal(await sidecar.next(), 'replaced');
  t.equal(readFileSync(file, 'utf8'), "MY_SECRET='two'\n");
  const sent = request({ host: '127.0.0.1', port, path: '/readyz', agent: false }).end();
  const [response] = await once(sent, 'response');
  t.equal(response.resume().statusCode, 200);
  t.equal(await sidecar.end(), 0);
});
