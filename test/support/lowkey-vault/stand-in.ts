import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';

/** In place of Java and the jar: takes those of the options that decide where it listens and as whom, and answers everybody. */
const options = new Map(
  process.argv.slice(2).map((argument) => {
    const [name = '', ...value] = argument.replace(/^--/, '').split('=');
    return [name, value.join('=')];
  }),
);
const keyStore = options.get('server.ssl.key-store')?.replace(/^file:/, '') ?? '';
const passphrase = options.get('server.ssl.key-store-password') ?? '';
const server = createServer({ pfx: await readFile(keyStore), passphrase }, (_, response) =>
  response.end('pong'),
);
server.listen(Number(options.get('server.port')), options.get('server.address'));
