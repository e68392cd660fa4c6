import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { open } from '../../../webhook/controllers/open.ts';

async function start(test: Test, handler: RequestListener): Promise<URL> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const never = new AbortController().signal;
const GET = { method: 'GET', path: '/x' } as const;

t.test('a kubectl proxy is spoken to without TLS', async (t) => {
  const url = await start(t, ({ headers }, response) => response.end(headers['x-from']));
  const response = await open(url, { headers: { 'x-from': 'me' } }, GET, never);
  t.equal(await text(response), 'me');
});

t.test('a server that says nothing is given up', async (t) => {
  const url = await start(t, () => {});
  await t.rejects(open(url, {}, GET, never, 20), { message: 'no answer to GET /x' });
});

t.test('a server that has begun to answer may be silent', async (t) => {
  const url = await start(t, (_, response) => {
    response.flushHeaders();
    setTimeout(() => response.end('late'), 100);
  });
  t.equal(await text(await open(url, {}, GET, never, 20)), 'late');
});

t.test('nobody there is an error', async (t) => {
  const url = await start(t, (_, response) => response.end());
  url.port = '1';
  await t.rejects(open(url, {}, GET, never), { code: 'ECONNREFUSED' });
});

t.test(
  'a body is sent with its length, that of a deletion, too, and the answer is of the kind asked for',
  async (t) => {
    const url = await start(t, (request, response) => {
      void text(request).then((body) =>
        response.end(JSON.stringify([request.method, request.headers['content-length'], body])),
      );
    });
    const body = { preconditions: { uid: 'ü' } };
    const sent = await open(url, {}, { method: 'DELETE', path: '/x', body }, never);
    t.strictSame(JSON.parse(await text(sent)), ['DELETE', '30', JSON.stringify(body)]);
    const asking = await start(t, ({ headers }, response) => response.end(headers.accept));
    t.equal(await text(await open(asking, {}, GET, never)), 'application/json');
    t.equal(
      await text(await open(asking, {}, { ...GET, accept: 'text/plain' }, never)),
      'text/plain',
    );
  },
);
