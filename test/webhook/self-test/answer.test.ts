import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import type { Access } from '../../../webhook/controllers/access.ts';
import { dryRun } from '../../../webhook/self-test/answer.ts';
import { probeSet } from '../../../webhook/self-test/set.ts';
import { type Handler, startHttpsServer } from '../../support/https-server.ts';

const set = probeSet('apps', 'example.test/zonekeeper:1');

/** Access to an API server that answers so. */
async function accessTo(t: Test, handler: Handler): Promise<Access> {
  const server = await startHttpsServer(handler);
  t.teardown(() => server.stop());
  return {
    server: new URL(server.url),
    options: async () => ({ ca: server.ca, headers: { authorization: 'Bearer secret' } }),
    refused: () => {},
  };
}

t.test('the set is sent as a dry run, with the account’s token', async (t) => {
  const seen: unknown[] = [];
  const access = await accessTo(t, (request, response) => {
    seen.push(request.method, request.url, request.headers.authorization, text(request));
    response.setHeader('warning', ['299 - "first"', '299 - "a \\"quoted\\" word"']);
    response.writeHead(201).end('{"kind":"StatefulSet"}');
  });
  t.strictSame(await dryRun(access, set), {
    status: 201,
    body: { kind: 'StatefulSet' },
    warnings: ['first', 'a "quoted" word'],
  });
  const sent = await (seen.pop() as Promise<string>);
  t.strictSame(JSON.parse(sent), set);
  t.strictSame(seen, [
    'POST',
    '/apis/apps/v1/namespaces/apps/statefulsets?dryRun=All',
    'Bearer secret',
  ]);
});

t.test('an answer that is no JSON is one all the same', async (t) => {
  const access = await accessTo(t, (_request, response) => {
    response.writeHead(503).end('<html>');
  });
  t.strictSame(await dryRun(access, set), { status: 503, body: undefined, warnings: [] });
});
