import { readFile, writeFile } from 'node:fs/promises';
import type { ReadFile } from './page.ts';
import { pages } from './pages.ts';

const root = new URL('../../', import.meta.url);
const read: ReadFile = (file) => readFile(new URL(file, root), 'utf8');

for (const page of pages) {
  const current = await read(page.file).catch(() => '');
  await writeFile(new URL(page.file, root), await page.render(current, read));
}
