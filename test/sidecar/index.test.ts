import { readFile } from 'node:fs/promises';
import t from 'tap';
import * as library from '../../sidecar/index.ts';

t.test('the reference tells of everything that the library exports', async (t) => {
  const page = await readFile('docs/library.md', 'utf8');
  const told = [...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  t.strictSame(told.toSorted(), Object.keys(library).sort());
});
