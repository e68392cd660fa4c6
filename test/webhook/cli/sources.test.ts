import path from 'node:path';
import t from 'tap';
import { readSources } from '../../../webhook/cli/sources.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const empty = async () => bytes('');

t.test('files, folders and standard input are read in the order they are named', async (t) => {
  const folder = t.testdir({
    'one.txt': 'one',
    dir: { 'b.yml': 'b', 'a.yaml': 'a', 'c.json': 'c', 'd.md': 'd', inner: { 'e.yaml': 'e' } },
  });
  const dir = path.join(folder, 'dir');
  const { sources, problems } = await readSources(
    ['-', dir, path.join(folder, 'one.txt')],
    async () => bytes('\ufeffin\r\n'),
  );
  t.strictSame(problems, []);
  t.strictSame(sources, [
    { name: 'stdin', text: '\ufeffin\r\n' },
    { name: path.join(dir, 'a.yaml'), text: 'a' },
    { name: path.join(dir, 'b.yml'), text: 'b' },
    { name: path.join(dir, 'c.json'), text: 'c' },
    { name: path.join(folder, 'one.txt'), text: 'one' },
  ]);
});

t.test('all that cannot be read is told', async (t) => {
  const folder = t.testdir({ none: {}, 'utf16.yaml': Buffer.from('\ufeffa: 1', 'utf16le') });
  const { sources, problems } = await readSources(
    ['missing', 'none', 'utf16.yaml'].map((name) => path.join(folder, name)),
    empty,
  );
  t.strictSame(sources, []);
  t.match(problems, [
    { code: 'ZK505', found: /missing does not exist$/ },
    { code: 'ZK505', found: /none holds no manifest$/ },
    { code: 'ZK505', found: /utf16.yaml is not UTF-8$/ },
  ]);
});

t.test('a cause that is no missing file is named', async (t) => {
  const failing = async () => {
    throw Object.assign(new Error('broken'), { code: 'EIO' });
  };
  const { problems } = await readSources(['-'], failing);
  t.match(problems, [{ found: 'stdin cannot be read: EIO' }]);
});
