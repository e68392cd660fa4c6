import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import t from 'tap';
import {
  removeLeftovers,
  replaceFile,
  secretMode,
  writeFileAtomic,
} from '../../../sidecar/files/write.ts';
import { scratch } from '../../support/scratch.ts';

const modeOf = (file: string) => statSync(file).mode & 0o7777;

t.test('a file is created, replaced, and left alone where it is the same', async (t) => {
  const file = path.join(scratch(t), 'app.env');
  t.equal(writeFileAtomic(file, 'one'), 'created');
  t.equal(modeOf(file), 0o444);
  const { ino } = statSync(file);
  t.equal(writeFileAtomic(file, Buffer.from('one')), 'unchanged');
  t.equal(statSync(file).ino, ino);
  t.equal(writeFileAtomic(file, 'two'), 'replaced');
  t.equal(readFileSync(file, 'utf8'), 'two');
  t.strictSame(readdirSync(path.dirname(file)), ['app.env'], 'nothing is left beside it');
});

t.test('a file is replaced without a look where that is asked for', async (t) => {
  const file = path.join(scratch(t), 'app.env');
  writeFileAtomic(file, 'one');
  const { ino } = statSync(file);
  replaceFile(file, 'one', 0o440);
  t.not(statSync(file).ino, ino);
  t.equal(modeOf(file), 0o440);
  t.equal(readFileSync(file, 'utf8'), 'one');
  t.strictSame(readdirSync(path.dirname(file)), ['app.env']);
});

t.test('permissions are those asked for, whatever the umask', async (t) => {
  const file = path.join(scratch(t), 'app.env');
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  writeFileAtomic(file, 'one', { mode: 0o440 });
  t.equal(modeOf(file), 0o440);
  t.equal(writeFileAtomic(file, 'one', { mode: 0o444 }), 'replaced');
  t.equal(modeOf(file), 0o444);
});

t.test('a link is replaced, and what it points to is not touched', async (t) => {
  const folder = scratch(t);
  const [file, other] = [path.join(folder, 'app.env'), path.join(folder, 'other')];
  writeFileSync(other, 'theirs');
  symlinkSync('other', file);
  writeFileAtomic(file, 'ours');
  t.equal(readFileSync(other, 'utf8'), 'theirs');
  t.equal(readFileSync(file, 'utf8'), 'ours');
});

t.test('an error leaves the file as it was and nothing beside it', async (t) => {
  const folder = scratch(t);
  const file = path.join(folder, 'app.env');
  mkdirSync(path.join(file, 'in-the-way'), { recursive: true });
  t.throws(() => writeFileAtomic(file, 'one'), { code: 'EISDIR' });
  t.throws(() => writeFileAtomic(path.join(folder, 'absent', 'app.env'), ''), { code: 'ENOENT' });
  t.strictSame(readdirSync(folder), ['app.env']);
});

t.test('what killed writers left beside a file is removed, and nothing else', async (t) => {
  const folder = scratch(t);
  const names = ['app.env', '.app.env', '.app.env.k3x9.unfinished', '.other.k3x9.unfinished'];
  for (const name of names) writeFileSync(path.join(folder, name), '');
  removeLeftovers(path.join(folder, 'app.env'));
  t.strictSame(readdirSync(folder), ['.app.env', '.other.k3x9.unfinished', 'app.env']);
  t.doesNotThrow(() => removeLeftovers(path.join(folder, 'absent', 'app.env')));
});

t.test('a folder that hands on its group keeps secrets from others', async (t) => {
  const folder = scratch(t);
  t.equal(secretMode(folder), 0o444);
  chmodSync(folder, 0o2777);
  t.equal(secretMode(folder), 0o440);
  t.ok(existsSync(folder));
});
