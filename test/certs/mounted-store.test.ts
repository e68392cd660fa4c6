import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { mountedStore } from '../../certs/mounted-store.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** Puts a whole new content in place as the kubelet does. */
async function swap(folder: string, generation: string, files: Record<string, string>) {
  await mkdir(path.join(folder, generation));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, generation, name), text);
  }
  await symlink(generation, path.join(folder, '..data_tmp'));
  await rename(path.join(folder, '..data_tmp'), path.join(folder, '..data'));
}

t.test('what the kubelet mounts is read, and nothing else', async (t) => {
  const folder = t.testdir();
  const store = mountedStore(folder, new ManualClock());
  await swap(folder, '..1', { 'tls.crt': 'cert', 'tls.key': 'key', other: 'x' });
  t.strictSame((await store.read())?.files, { 'tls.crt': 'cert', 'tls.key': 'key' });
  await swap(folder, '..2', { 'tls.crt': 'next', 'tls.key': 'next', 'ca.crt': 'ca' });
  await rm(path.join(folder, '..1'), { recursive: true });
  t.strictSame((await store.read())?.files, {
    'tls.crt': 'next',
    'tls.key': 'next',
    'ca.crt': 'ca',
  });
});

t.test('a plain folder will do, and one that is not there is empty', async (t) => {
  const folder = t.testdir({ 'tls.crt': 'cert' });
  const read = async (where: string) =>
    (await mountedStore(where, new ManualClock()).read())?.files;
  t.strictSame(await read(folder), { 'tls.crt': 'cert' });
  t.strictSame(await read(path.join(folder, 'none')), {});
});

t.test('a change is told', async (t) => {
  const folder = t.testdir();
  const end = new AbortController();
  const store = mountedStore(folder, new ManualClock());
  let tell = () => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const watching = store.watch(end.signal, tell);
  await swap(folder, '..1', { 'tls.crt': 'cert' });
  await told;
  end.abort();
  await watching;
});

t.test('a folder that comes later is watched then', async (t) => {
  const folder = path.join(t.testdir(), 'late');
  const clock = new ManualClock();
  const end = new AbortController();
  let changes = 0;
  const watching = mountedStore(folder, clock).watch(end.signal, () => {
    changes += 1;
  });
  await clock.whenAsleep();
  await mkdir(folder);
  clock.advance(10_000);
  const before = changes;
  while (changes === before) {
    await writeFile(path.join(folder, 'tls.crt'), 'cert');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  end.abort();
  await watching;
  t.ok(changes > before);
});
