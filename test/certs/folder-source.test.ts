import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { folderSource } from '../../certs/folder-source.ts';
import { readCertificates, verifies } from '../../certs/inspect.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryLog } from '../support/memory-log.ts';

const DAY = 86_400_000;

function source(folder: string, clock = new ManualClock(), hosts = ['localhost', '127.0.0.1']) {
  return folderSource({ folder, hosts }, { clock, log: new MemoryLog(), random: () => 0 });
}

t.test('an absent folder is made, its keys are for the owner only', async (t) => {
  const folder = path.join(t.testdir(), 'a', 'b');
  const clock = new ManualClock();
  const made = await source(folder, clock).current();
  t.same((await readdir(folder)).sort(), ['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);
  for (const [name, mode] of Object.entries({ 'tls.key': 0o600, 'ca.key': 0o600 })) {
    t.equal((await stat(path.join(folder, name))).mode & 0o777, mode, name);
  }
  const ca = await readFile(path.join(folder, 'ca.crt'), 'utf8');
  t.ok(verifies(made.cert, ca, clock.now()));
});

t.test('what is there and good is used again', async (t) => {
  const folder = t.testdir();
  const first = await source(folder).current();
  t.same(await source(folder).current(), first);
});

t.test('other hosts and an expired leaf get another leaf of the same CA', async (t) => {
  const folder = t.testdir();
  const clock = new ManualClock();
  const first = await source(folder, clock).current();
  const elsewhere = await source(folder, clock, ['elsewhere']).current();
  t.not(elsewhere.cert, first.cert);
  t.equal(elsewhere.caBundle, first.caBundle);
  clock.advance(91 * DAY);
  const later = await source(folder, clock).current();
  t.not(later.cert, elsewhere.cert);
  t.equal(later.caBundle, first.caBundle);
});

t.test('a deleted folder comes back with the CA that clients know', async (t) => {
  const folder = path.join(t.testdir(), 'certs');
  const kept = source(folder);
  const first = await kept.current();
  await rm(folder, { recursive: true });
  t.equal((await kept.current()).caBundle, first.caBundle);
});

t.test('a new CA leaves no key of the old one behind', async (t) => {
  const folder = t.testdir();
  const clock = new ManualClock();
  await source(folder, clock).current();
  clock.advance(5 * 365 * DAY);
  await source(folder, clock).current();
  t.same((await readdir(folder)).sort(), ['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);
  const bundle = await readFile(path.join(folder, 'ca.crt'), 'utf8');
  t.equal(readCertificates(bundle).length, 1);
});

t.test("somebody's own key is never overwritten", async (t) => {
  const folder = t.testdir({ 'tls.key': 'mine', 'tls.crt': 'mine too' });
  await t.rejects(source(folder).current(), /was not made here.*name another folder/s);
  t.equal(await readFile(path.join(folder, 'tls.key'), 'utf8'), 'mine');
});

t.test('a folder that cannot be read is an error that names it', async (t) => {
  const folder = t.testdir();
  await mkdir(path.join(folder, 'tls.crt'));
  await t.rejects(source(folder).current(), { code: 'EISDIR' });
  await writeFile(path.join(folder, 'file'), '');
  await t.rejects(source(path.join(folder, 'file')).current(), { code: 'ENOTDIR' });
});

t.test('it ends when told to', async (t) => {
  const clock = new ManualClock();
  const end = new AbortController();
  let told = 0;
  const running = source(t.testdir(), clock).run(end.signal, () => {
    told += 1;
  });
  await clock.whenAsleep();
  end.abort();
  await running;
  t.equal(told, 1);
});
