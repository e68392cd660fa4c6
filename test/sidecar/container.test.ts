import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { scratch } from '../support/scratch.ts';
import { SecretMount } from '../support/secret-mount.ts';
import { podFolder } from '../support/sidecar-process.ts';
import { startContainer, startPod } from './support/container.ts';

t.test('the first delivery is made before anything else gets a turn', async (t) => {
  const { envFile, container } = startPod(t);
  await Promise.resolve();
  while (!container.status().ready) await Promise.resolve();
  t.equal(readFileSync(envFile, 'utf8'), "A='1'\n");
});

t.test(
  'variables come from named files, as content or as path, of all mounts together',
  async (t) => {
    const folder = scratch(t);
    const { args, mount, envFile } = podFolder(folder);
    const other = new SecretMount(path.join(folder, 'other'));
    const kept = args.filter((arg) => !arg.startsWith('--auto'));
    const { until } = startContainer(t, [
      ...kept,
      `--mount=${other.path}`,
      `--variable=USER_NAME=${mount.path}/user`,
      `--file-variable=TLS_CERT_FILE=${other.path}/tls/cert`,
    ]);
    mount.write({ user: 'me', unused: 'x' });
    t.match(await until(({ mounts }) => mounts[0]?.files.length === 2), { ready: false });
    other.write({ 'tls/cert': 'PEM' });
    await until(({ ready }) => ready);
    t.equal(
      readFileSync(envFile, 'utf8'),
      `TLS_CERT_FILE='${other.path}/tls/cert'\nUSER_NAME='me'\n`,
    );
  },
);

t.test('without an environment file it is ready when the files are there', async (t) => {
  const { envFile, args, mount } = podFolder(scratch(t));
  const kept = args.filter((arg) => !arg.startsWith('--env-file'));
  const { until } = startContainer(t, [...kept, '--env-file=none', `--expect=${mount.path}/a`]);
  mount.write({ a: '1' });
  const status = await until(({ ready }) => ready);
  t.notHas(status, 'environment');
  t.throws(() => statSync(envFile), { code: 'ENOENT' });
  mount.write({ a: '2' });
  await until(({ rotation }) => rotation.count === 1);
});

t.test('a start that finds everything as it should be touches nothing', async (t) => {
  const { envFile, statusFile, args, until, stop } = startPod(t);
  await until(({ ready }) => ready);
  stop();
  const before = statSync(envFile, { bigint: true });
  const second = startContainer(t, args);
  const { environment, rotation } = await second.until(({ ready }) => ready);
  t.equal(statSync(envFile, { bigint: true }).ino, before.ino);
  t.equal(environment?.writtenAt, undefined);
  t.equal(rotation.count, 0);
  t.match(second.container.metrics(), 'deliveries_total{outcome="unchanged"} 1');
  t.match(JSON.parse(readFileSync(statusFile, 'utf8')), { ready: true });
});

t.test('what a killed one left unfinished is removed', async (t) => {
  const folder = scratch(t);
  writeFileSync(path.join(folder, '.app.env.0x.unfinished'), 'half of a secr');
  writeFileSync(path.join(folder, '.status.json.0x.unfinished'), '{');
  const { until } = startPod(t, [], folder);
  await until(({ ready }) => ready);
  t.strictSame(readdirSync(folder).sort(), ['app.env', 'mount', 'status.json']);
});

t.test(
  'a value that the format cannot carry is refused by name, and the last good file stays',
  async (t) => {
    const { mount, envFile, container, until } = startPod(t, ['--format=docker'].slice(1));
    await until(({ ready }) => ready);
    mount.write({ a: '2', b: Buffer.from([0xff]) });
    const bad = await until(({ state }) => state === 'stale');
    t.match(bad, {
      reason: { code: 'ZK805', message: /variable B/ },
      environment: { current: false },
    });
    t.equal(readFileSync(envFile, 'utf8'), "A='1'\n");
    mount.write({ a: '2', A: '3' });
    t.match(await until(({ reason }) => reason?.code === 'ZK806'), { state: 'stale', ready: true });
    mount.write({ a: '4' });
    t.match(await until(({ environment }) => environment?.current === true), { state: 'unknown' });
    t.equal(readFileSync(envFile, 'utf8'), "A='4'\n");
    t.match(container.metrics(), 'deliveries_total{outcome="failed"} 2');
  },
);

t.test('each change of what is wrong is one line of the log', async (t) => {
  const { mount, lines, until } = startPod(t);
  await until(({ ready }) => ready);
  mount.write({ a: '1', b: Buffer.from([0xff]) });
  await until(({ state }) => state === 'stale');
  mount.write({ a: '1' });
  await until(({ state }) => state === 'unknown');
  const warned = lines.filter((line) => (line as { msg: string }).msg !== 'rotation');
  t.match(warned, [
    { level: 'info', msg: 'ready' },
    { level: 'info', msg: 'state', state: 'unknown' },
    { level: 'warn', msg: 'state', state: 'stale', code: 'ZK805' },
    { level: 'warn', msg: 'problem', code: 'ZK805' },
    { level: 'info', msg: 'state', state: 'unknown' },
    { level: 'info', msg: 'problem is over', code: 'ZK805' },
  ]);
  t.equal(warned.length, 6);
});

t.test('a status file that cannot be written is told where it can be', async (t) => {
  const folder = scratch(t);
  mkdirSync(path.join(folder, 'status.json', 'in-the-way'), { recursive: true });
  const { until, envFile } = startPod(t, [], folder);
  const status = await until(({ ready }) => ready);
  t.match(status.problems, [
    { code: 'ZK821', message: /status\.json cannot be written \(EISDIR\)/ },
  ]);
  t.equal(readFileSync(envFile, 'utf8'), "A='1'\n");
  rmSync(path.join(folder, 'status.json'), { recursive: true });
  await until(({ problems }) => problems.length === 0);
  t.match(JSON.parse(readFileSync(path.join(folder, 'status.json'), 'utf8')), { ready: true });
});

t.test('a clock that is set changes nothing but what is shown', async (t) => {
  const { mount, envFile, clock, until } = startPod(t);
  await until(({ ready }) => ready);
  for (const jump of [-1e12, 1e12, -5e11]) {
    clock.wall = jump;
    mount.write({ a: String(jump) });
    await until(() => readFileSync(envFile, 'utf8') === `A='${jump}'\n`);
  }
  t.match(await until(({ rotation }) => rotation.count === 3), { state: 'unknown', ready: true });
});
