import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';
import { startPod } from './support/container.ts';

t.setTimeout(120_000); // A failed write is repeated after seconds.

const NOBODY = 65534;
const isRoot = process.geteuid?.() === 0;

/** Root is held back by no permission, so then this process goes on as nobody, to whom the folder is given. */
function asNobody(t: Test, folder: string): void {
  if (!isRoot) return;
  chownSync(folder, NOBODY, NOBODY);
  process.seteuid?.(NOBODY);
  t.teardown(() => process.seteuid?.(0));
}

/** Mounts a file system in memory of 256 kB over a folder; whether that is possible here. */
async function mountSmallDisk(folder: string): Promise<boolean> {
  const options = ['-t', 'tmpfs', '-o', 'size=256k', 'zonekeeper-test', folder];
  return (await run('mount', options).catch(() => ({ code: -1 }))).code === 0;
}

const disk = scratch(t);
const isSmall = isRoot && process.platform === 'linux' && (await mountSmallDisk(disk));
t.teardown(() => isSmall && run('umount', [disk]));
const skip = isSmall ? false : 'no file system may be mounted here';

t.test('on a full disk the last good file stays, until there is space', { skip }, async (t) => {
  const { mount, envFile, until } = startPod(t, [], scratch(t), disk);
  await until(({ ready }) => ready);
  const filler = path.join(disk, 'filler');
  t.throws(() => writeFileSync(filler, Buffer.alloc(1 << 20)), { code: 'ENOSPC' });
  const longer = 'x'.repeat(20_000);
  mount.write({ a: longer });
  t.match(await until(({ state }) => state === 'stale'), {
    reason: { code: 'ZK821', message: /app\.env cannot be written \(ENOSPC\)/ },
    problems: [{ code: 'ZK821', message: /status\.json cannot be written/ }],
  });
  t.equal(readA(envFile), '1');
  t.strictSame(readdirSync(disk).sort(), ['app.env', 'filler', 'status.json']);
  rmSync(filler);
  await until(
    ({ problems, environment }) => problems.length === 0 && environment?.current === true,
  );
  t.equal(readA(envFile), longer);
});

t.test('in a folder that may not be written to, too', async (t) => {
  const folder = scratch(t);
  asNobody(t, folder);
  const { mount, envFile, until } = startPod(t, [], folder);
  await until(({ ready }) => ready);
  chmodSync(folder, 0o555);
  mount.write({ a: '2' });
  t.match(await until(({ state }) => state === 'stale'), {
    reason: { code: 'ZK821', message: /EACCES/ },
    ready: true,
  });
  t.equal(readFileSync(envFile, 'utf8'), "A='1'\n");
  chmodSync(folder, 0o755);
  t.match(await until(({ state }) => state === 'unknown'), { environment: { current: true } });
  t.equal(readFileSync(envFile, 'utf8'), "A='2'\n");
});

t.test('when files of the mount may not be read, too', async (t) => {
  const folder = scratch(t);
  asNobody(t, folder);
  const { mount, envFile, until } = startPod(t, [], folder);
  await until(({ ready }) => ready);
  chmodSync(mount.path, 0);
  t.match(await until(({ mounts }) => mounts[0]?.problems[0]?.code === 'ZK813'), { ready: true });
  t.equal(readFileSync(envFile, 'utf8'), "A='1'\n");
  chmodSync(mount.path, 0o755);
  mount.write({ a: '2' });
  await until(({ environment }) => environment?.current === true && readA(envFile) === '2');
});

t.test('when the mount goes away and comes back, too', async (t) => {
  const { folder, mount, envFile, until } = startPod(t);
  await until(({ ready }) => ready);
  rmSync(mount.path, { recursive: true });
  t.match(await until(({ state }) => state === 'missing'), { reason: { code: 'ZK811' } });
  t.equal(readA(envFile), '1');
  mkdirSync(path.join(folder, 'mount'));
  mount.write({ a: '2' });
  await until(({ state }) => state === 'unknown');
  t.equal(readA(envFile), '2');
});

const readA = (file: string): string => readFileSync(file, 'utf8').slice(3, -2);
