import { readFile } from 'node:fs/promises';
import t from 'tap';
import { VERSION } from '../../webhook/version.ts';

t.test('the version is that of the package', async (t) => {
  t.equal(VERSION, JSON.parse(await readFile('package.json', 'utf8')).version);
});
