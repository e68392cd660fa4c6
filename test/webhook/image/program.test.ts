import { stat } from 'node:fs/promises';
import t from 'tap';
import { programEntries } from '../../../webhook/image/program.ts';

const skip = process.platform === 'linux' ? false : 'images are made on Linux';

t.test('a program comes with its libraries and its loader', { skip }, async (t) => {
  const entries = await programEntries(process.execPath, '/usr/bin/node');
  const paths = entries.map(({ path }) => path);
  t.match(entries[0], { path: '/usr/bin/node', mode: 0o755 });
  for (const name of [/\/libc\.so\.6$/, /\/libstdc\+\+\.so\.6$/, /\/ld-[^/]+$/]) {
    t.ok(
      paths.some((path) => name.test(path)),
      String(name),
    );
  }
  for (const path of paths.slice(1)) t.ok((await stat(path)).isFile(), path);
});

t.test('a file that needs no library comes alone', { skip }, async (t) => {
  const file = `${t.testdir({ script: '#!/bin/sh\n' })}/script`;
  t.match(await programEntries(file, '/script'), [{ path: '/script', mode: 0o755 }]);
});

t.test('a file that is not there is an error', { skip }, async (t) => {
  await t.rejects(programEntries('/no/such/program', '/x'));
});
