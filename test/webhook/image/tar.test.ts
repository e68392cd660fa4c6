import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import t from 'tap';
import { extract, type Header } from 'tar-stream';
import { type Entry, tarOf } from '../../../webhook/image/tar.ts';

const ENTRIES: Entry[] = [
  { path: '/usr/bin/tool', content: Buffer.from('#!'), mode: 0o755 },
  { path: '/etc/motd', content: Buffer.from('hello') },
  { path: '/bin', link: 'usr/bin' },
  { path: '/tmp', folder: true, mode: 0o1777 },
];

async function read(archive: Buffer): Promise<(Header & { text: string })[]> {
  const found: (Header & { text: string })[] = [];
  const reader = Readable.from([archive]).pipe(extract());
  for await (const entry of reader) {
    found.push({ ...entry.header, text: (await buffer(entry)).toString() });
  }
  return found;
}

t.test('an archive holds each entry under its path, with its mode and nobody’s name', async (t) => {
  t.match(await read(await tarOf(ENTRIES)), [
    { name: 'bin', type: 'symlink', linkname: 'usr/bin' },
    { name: 'etc/motd', type: 'file', mode: 0o644, uid: 0, gid: 0, text: 'hello' },
    { name: /^tmp\/?$/, type: 'directory', mode: 0o1777 },
    { name: 'usr/bin/tool', type: 'file', mode: 0o755, mtime: new Date(0), text: '#!' },
  ]);
});

t.test('the order of the entries does not show in the bytes', async (t) => {
  t.ok((await tarOf(ENTRIES)).equals(await tarOf(ENTRIES.toReversed())));
});
