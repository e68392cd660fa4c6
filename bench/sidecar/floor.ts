/**
 * The least that a sidecar on Node.js can be: it watches the folder, reads the generation that `..data` names, writes a line a
 * file, renames it into place, and has an HTTP server. No check, no status, no format. `node floor.ts MOUNT FILE`.
 */
import { readdirSync, readFileSync, readlinkSync, renameSync, watch, writeFileSync } from 'node:fs';

const [mount = '', file = ''] = process.argv.slice(2);

function deliver(): void {
  const generation = `${mount}/${readlinkSync(`${mount}/..data`)}`;
  const lines = readdirSync(generation).map(
    (name) => `${name}='${readFileSync(`${generation}/${name}`, 'utf8')}'\n`,
  );
  writeFileSync(`${file}.new`, lines.join(''));
  renameSync(`${file}.new`, file);
}

watch(mount, (_, name) => {
  if (name === '..data') deliver();
});
deliver();
const { createServer } = await import('node:http');
createServer((_, response) => response.end()).listen(0, '127.0.0.1');
