import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import type { StatusSource } from '../../../sidecar/http/handler.ts';
import { serveStatus } from '../../../sidecar/http/server.ts';
import type { Status } from '../../../sidecar/status/status.ts';

const STATUS: Status = {
  version: '1.2.3',
  state: 'missing',
  since: '',
  reason: { code: 'ZK811', message: 'ZK811 …' },
  ready: false,
  mounts: [],
  objects: [],
  rotation: { action: 'none', count: 0, generations: {} },
  problems: [],
};

async function listening(t: Test, source: StatusSource) {
  const stop = new AbortController();
  t.teardown(() => stop.abort());
  const options = { port: 0, host: '127.0.0.1', signal: stop.signal };
  const port = await serveStatus(source, options);
  return async (path: string, method = 'GET') => {
    const sent = request({ host: '127.0.0.1', port, path, method, agent: false }).end();
    const [response] = await once(sent, 'response');
    return { code: response.statusCode, headers: response.headers, body: await text(response) };
  };
}

t.test('it is live at once, and ready after the first delivery', async (t) => {
  let status = STATUS;
  const ask = await listening(t, { status: () => status });
  t.equal((await ask('/livez')).code, 200);
  const before = await ask('/readyz');
  t.equal(before.code, 503);
  t.match(JSON.parse(before.body), { ready: false, state: 'missing', reason: { code: 'ZK811' } });
  status = { ...STATUS, ready: true };
  t.match(await ask('/readyz?verbose'), { code: 200, body: /"ready": true/ });
});

t.test('the status is JSON that nobody keeps, and metrics are text', async (t) => {
  const ask = await listening(t, { status: () => STATUS, metrics: () => 'x 1\n' });
  const { headers, body } = await ask('/status');
  t.strictSame(JSON.parse(body), STATUS);
  t.match(headers, { 'content-type': /^application\/json/, 'cache-control': 'no-store' });
  t.match(await ask('/metrics'), {
    body: 'x 1\n',
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  });
});

t.test('everything else is refused', async (t) => {
  const ask = await listening(t, { status: () => STATUS });
  t.equal((await ask('/metrics')).code, 404);
  t.equal((await ask('/')).code, 404);
  t.equal((await ask('/status/../etc/passwd')).code, 404);
  t.match(await ask('/status', 'POST'), { code: 405, headers: { allow: 'GET, HEAD' } });
  t.match(await ask('/livez', 'HEAD'), { code: 200, body: '' });
});

t.test('a port that is taken rejects, and a closed server frees its own', async (t) => {
  const first = new AbortController();
  const source = { status: () => STATUS };
  const port = await serveStatus(source, { port: 0, host: '127.0.0.1', signal: first.signal });
  const second = () => listeningAt(t, port, source);
  await t.rejects(second(), { code: 'EADDRINUSE' });
  first.abort();
  t.equal(await second(), port);
});

function listeningAt(t: Test, port: number, source: StatusSource): Promise<number> {
  const stop = new AbortController();
  t.teardown(() => stop.abort());
  return serveStatus(source, { port, host: '127.0.0.1', signal: stop.signal });
}
