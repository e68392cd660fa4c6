/**
 * What no admission webhook on this runtime can go below: HTTPS, a parsed body and a constant patch. It is measured in
 * the same run, because absolute figures drift with the machine. Its certificate is in the folder named first.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const folder = process.argv[2] ?? '.';
const PATCH = Buffer.from(
  JSON.stringify([{ op: 'add', path: '/metadata/labels/floor', value: 'true' }]),
).toString('base64');

const server = createServer(
  {
    cert: readFileSync(path.join(folder, 'floor.crt')),
    key: readFileSync(path.join(folder, 'floor.key')),
  },
  (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { apiVersion, kind, request: asked } = JSON.parse(Buffer.concat(chunks).toString());
      const answer = JSON.stringify({
        apiVersion,
        kind,
        response: { uid: asked.uid, allowed: true, patchType: 'JSONPatch', patch: PATCH },
      });
      response.setHeader('content-type', 'application/json');
      response.setHeader('content-length', Buffer.byteLength(answer));
      response.end(answer);
    });
  },
);
server.keepAliveTimeout = 120_000; // As the webhook's: it waits while others take their turn.
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ msg: 'listening', port })}\n`);
});
process.on('SIGTERM', () => process.exit(0));
