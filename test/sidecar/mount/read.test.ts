import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { currentGeneration, readMount } from '../../../sidecar/mount/read.ts';
import { scratch } from '../../support/scratch.ts';
import { SecretMount } from '../../support/secret-mount.ts';

t.test('every file of a generation is read, byte for byte and in folders too', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  const bytes = Buffer.from([0, 255, 10]);
  mount.write(
    { password: 'one\n', 'tls/deep/key': bytes, empty: '' },
    new Date('2026-11-25T22:19:03.5Z'),
  );
  const { snapshot } = readMount(mount.path);
  t.match(snapshot, { path: mount.path, generation: mount.generation ?? '' });
  t.same(snapshot?.changedAt, new Date('2026-11-25T22:19:03Z'));
  t.strictSame(
    snapshot?.files,
    new Map([
      ['empty', Buffer.alloc(0)],
      ['password', Buffer.from('one\n')],
      ['tls/deep/key', bytes],
    ]),
  );
});

t.test('what is no mount is told, not thrown', async (t) => {
  const folder = scratch(t);
  t.match(readMount(path.join(folder, 'absent')).problem, { code: 'ZK811', message: /ENOENT/ });
  t.match(readMount(folder).problem, { code: 'ZK811' });
  writeFileSync(path.join(folder, '..data'), '');
  t.match(readMount(folder).problem, { code: 'ZK811', message: /EINVAL/ });
  t.equal(currentGeneration(folder), undefined);
});

t.test('a link to a generation that is gone is told at once', async (t) => {
  const folder = scratch(t);
  symlinkSync('..2026_01_01_00_00_00.gone', path.join(folder, '..data'));
  t.match(readMount(folder).problem, { code: 'ZK811', message: /ENOENT/ });
});

t.test('a link of a user without a file behind it is no file', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  mount.write({ a: '1' });
  symlinkSync('..data/soon', path.join(mount.path, 'soon'));
  t.strictSame([...(readMount(mount.path).snapshot?.files.keys() ?? [])], ['a']);
});

t.test('a file that may not be read is told by its path', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  mount.write({ a: '1' });
  chmodSync(path.join(mount.path, '..data', 'a'), 0);
  chmodSync(path.dirname(mount.path), 0o755);
  const isRoot = process.geteuid?.() === 0; // Root may read everything.
  if (isRoot) process.seteuid?.(65534);
  const { problem } = readMount(mount.path);
  if (isRoot) process.seteuid?.(0);
  t.match(problem, { code: 'ZK813', message: /\/a cannot be read \(EACCES\)/ });
});

t.test('a folder in the place of a file is read as one', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  mount.write({ a: '1' });
  rmSync(path.join(mount.path, '..data', 'a'));
  mkdirSync(path.join(mount.path, '..data', 'a'));
  t.equal(readMount(mount.path).snapshot?.files.size, 0);
});

t.test('files are read whole, whatever their sizes', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  const sizes = [1, 65_535, 65_536, 65_537, 200_000, 0, 40_000, 40_000, 7];
  const payload = Object.fromEntries(
    sizes.map((size, index) => [`${index}`, Buffer.alloc(size, `${index} of ${size} `)]),
  );
  mount.write(payload);
  t.strictSame(readMount(mount.path).snapshot?.files, new Map(Object.entries(payload)));
});
