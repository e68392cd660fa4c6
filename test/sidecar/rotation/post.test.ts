import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { postJson } from '../../../sidecar/rotation/post.ts';

const never = new AbortController().signal;

/** An application that answers with that status, and what it was sent. */
async function application(t: Test, status: number) {
  const received: unknown[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, type: headers['content-type'], body: await json(request) });
    response.writeHead(status, { location: '/elsewhere' }).end('ignored');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/reload?now` };
}

t.test('the body arrives as JSON, and 200 to 299 accepts', async (t) => {
  const { url, received } = await application(t, 204);
  await postJson(url, { event: 'rotation' }, never);
  t.strictSame(received, [
    {
      method: 'POST',
      url: '/reload?now',
      type: 'application/json',
      body: { event: 'rotation' },
    },
  ]);
});

t.test('every other status rejects with it, and no redirection is followed', async (t) => {
  for (const status of [199 + 101, 302, 404, 503]) {
    const { url, received } = await application(t, status);
    await t.rejects(postJson(url, {}, never), { code: `HTTP ${status}` });
    t.equal(received.length, 1);
  }
});

t.test('nobody there, or called off, rejects with a code', async (t) => {
  await t.rejects(postJson('http://127.0.0.1:1/', {}, never), { code: 'ECONNREFUSED' });
  const { url } = await application(t, 200);
  await t.rejects(postJson(url, {}, AbortSignal.abort()), { code: 'ABORT_ERR' });
});
