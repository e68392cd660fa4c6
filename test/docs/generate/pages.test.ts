import { readFile } from 'node:fs/promises';
import t from 'tap';
import { pages } from '../../../docs/generate/pages.ts';

const root = new URL('../../../', import.meta.url);
const read = (file: string) => readFile(new URL(file, root), 'utf8');

for (const page of pages) {
  t.test(`${page.file} is what npm run docs makes`, async (t) => {
    const committed = await read(page.file);
    t.equal(await page.render(committed, read), committed);
  });
}
