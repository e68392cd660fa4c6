import t from 'tap';
import { parseVariable } from '../../../../webhook/core/environment/grammar.ts';

t.test('a variable holds the content of a file, or with @ its path', async (t) => {
  t.same(parseVariable('A=b'), { name: 'A', file: 'b', holds: 'content' });
  t.same(parseVariable('_a1=tls/b.c=d'), { name: '_a1', file: 'tls/b.c=d', holds: 'content' });
  t.same(parseVariable('A_FILE=@tls/b c'), { name: 'A_FILE', file: 'tls/b c', holds: 'path' });
});

t.test('a name is one that every reader takes', async (t) => {
  for (const name of ['', '1', 'A-B', 'A B', 'Ä'])
    t.equal(parseVariable(`${name}=b`), undefined, name);
  t.equal(parseVariable('A'), undefined);
});

t.test('a file lies below its mount', async (t) => {
  const wrong = [
    '',
    '@',
    '@@b',
    '/b',
    'b/',
    'a//b',
    '.',
    '..',
    './b',
    'a/../b',
    '../b',
    'a\u0007',
    'a\n',
  ];
  for (const file of wrong) t.equal(parseVariable(`A=${file}`), undefined, JSON.stringify(file));
  for (const file of ['..data', 'a..b', '.b']) t.match(parseVariable(`A=${file}`), { file }, file);
});
