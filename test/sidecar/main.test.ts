import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import t from 'tap';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';
import { podFolder, SIDECAR, SidecarProcess } from '../support/sidecar-process.ts';

t.setTimeout(240_000); // Each test starts processes, which takes seconds on a busy machine.

const main = (...args: string[]) => run(process.execPath, [SIDECAR, '--', ...args]);

t.test('it delivers, tells of it, follows a rotation, and ends at once', async (t) => {
  const { mount, envFile, statusFile, args } = podFolder(scratch(t));
  mount.write({ 'db-password': "it's", 'tls/key': 'k' });
  const sidecar = await SidecarProcess.start(t, args);
  t.equal(readFileSync(envFile, 'utf8'), "DB_PASSWORD='it'\\''s'\nTLS_KEY='k'\n");
  t.equal((await sidecar.ask('/livez')).code, 200);
  t.equal((await sidecar.ask('/readyz')).code, 200);
  t.strictSame(JSON.parse((await sidecar.ask('/status')).body), status(statusFile));
  t.match((await sidecar.ask('/metrics')).body, /^zonekeeper_sidecar_ready 1$/m);

  mount.write({ 'db-password': 'two', 'tls/key': 'k' });
  await sidecar.until(({ rotation }) => rotation.count === 1);
  t.equal(readFileSync(envFile, 'utf8'), "DB_PASSWORD='two'\nTLS_KEY='k'\n");

  sidecar.signal('SIGTERM');
  t.equal(await sidecar.ended(), 0);
  t.match(sidecar.lines, [
    { level: 'info', msg: 'ready', variables: 2 },
    { level: 'info', msg: 'state', state: 'unknown', code: 'ZK833' },
    { msg: 'listening' },
    { msg: 'rotation', mount: mount.path, changed: ['db-password'] },
    { msg: 'ending', signal: 'SIGTERM' },
  ]);
});

t.test('it is live but not ready until every expected file is there', async (t) => {
  const { mount, envFile, args } = podFolder(scratch(t));
  const sidecar = await SidecarProcess.start(t, [...args, `--expect=${mount.path}/b`]);
  t.equal((await sidecar.ask('/livez')).code, 200);
  t.match(await sidecar.ask('/readyz'), { code: 503, body: /ZK811/ });
  mount.write({ a: '1' });
  await sidecar.until(({ mounts }) => mounts[0]?.missing[0] === 'b');
  t.match(await sidecar.ask('/readyz'), { code: 503, body: /ZK812/ });
  mount.write({ a: '1', b: '2' });
  await sidecar.until(({ ready }) => ready);
  t.equal(readFileSync(envFile, 'utf8'), "A='1'\nB='2'\n");
  mount.write({ a: '2' });
  const { ready, environment } = await sidecar.until(({ state }) => state === 'missing');
  t.ok(ready, 'it stays ready');
  t.equal(environment?.current, false);
  t.equal(readFileSync(envFile, 'utf8'), "A='1'\nB='2'\n", 'the last good file stays');
});

t.test('a rotation ends it with the code that restarts the pod, once', async (t) => {
  const { mount, envFile, args } = podFolder(scratch(t));
  mount.write({ a: '1' });
  const first = await SidecarProcess.start(t, [...args, '--on-rotation=restart']);
  mount.write({ a: '2' });
  t.equal(await first.ended(), 88);
  t.equal(readFileSync(envFile, 'utf8'), "A='2'\n", 'the restarted pod gets the new value');
  const second = await SidecarProcess.start(t, [...args, '--on-rotation=restart']);
  t.match(await second.until(({ ready }) => ready), { rotation: { count: 0 } });
  second.signal('SIGKILL');
  await second.ended();
  mount.write({ a: '3' });
  const third = run(process.execPath, [SIDECAR, '--', ...args, '--on-rotation=restart']);
  t.equal((await third).code, 88, 'a rotation that came while it was down is followed too');
});

t.test('a wrong command line is told whole, with exit code 2', async (t) => {
  const { code, stdout, stderr } = await main('--nonsense', '--port=x');
  t.equal(code, 2);
  t.equal(stdout, '');
  t.match(stderr, /^zonekeeper-sidecar: ZK841 --nonsense/m);
  t.match(stderr, /^zonekeeper-sidecar: ZK842 --port is "x"/m);
  t.match(stderr, /^zonekeeper-sidecar: ZK844 --mount is missing/m);
});

t.test('help and version need nothing else', async (t) => {
  t.match(await main('--help'), { code: 0, stdout: /--on-rotation/ });
  t.match(await main('--version'), { code: 0, stdout: /^\d+\.\d+\.\d+\n$/ });
});

t.test('a port that is taken is told, with exit code 1', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.teardown(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { args } = podFolder(scratch(t));
  const { code, stdout } = await main(...args.slice(0, -1), `--port=${port}`);
  t.equal(code, 1);
  t.match(stdout, /ZK836 port \d+ cannot be had \(EADDRINUSE\)/);
});

const skip = process.platform === 'linux' ? false : 'core dumps have a filter on Linux only';

t.test('its memory is not in a core dump', { skip }, async (t) => {
  const { args } = podFolder(scratch(t));
  const { pid } = await SidecarProcess.start(t, args);
  const filter = readFileSync(path.join('/proc', String(pid), 'coredump_filter'), 'utf8');
  t.equal(Number.parseInt(filter, 16), 0);
});

function status(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
