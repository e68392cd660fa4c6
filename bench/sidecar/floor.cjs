// The least that a sidecar on Node.js can be: it watches the folder, reads the generation that `..data` names, writes a line a
// file, renames it into place, and has an HTTP server. No check, no status, no format. `node floor.cjs MOUNT FILE`.
const fs = require('node:fs');

const [mount = '', file = ''] = process.argv.slice(2);

function deliver() {
  const generation = `${mount}/${fs.readlinkSync(`${mount}/..data`)}`;
  const lines = fs
    .readdirSync(generation)
    .map((name) => `${name}='${fs.readFileSync(`${generation}/${name}`, 'utf8')}'\n`);
  fs.writeFileSync(`${file}.new`, lines.join(''));
  fs.renameSync(`${file}.new`, file);
}

fs.watch(mount, (_, name) => {
  if (name === '..data') deliver();
});
deliver();
const { createServer } = require('node:http');
createServer((_, response) => response.end()).listen(0, '127.0.0.1');
