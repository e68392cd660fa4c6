import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { connectKube, type WatchEvent } from '../../../webhook/controllers/kube.ts';
import { KubeError } from '../../../webhook/controllers/kube-error.ts';
import { type Handler, startHttpsServer } from '../../support/https-server.ts';

interface Cluster {
  readonly url: string;
  readonly ca: string;
  readonly token?: string;
}

/** JSON is YAML. */
async function writeKubeconfig(file: string, { url, ca, token = 'first' }: Cluster) {
  const cluster = {
    server: url,
    'certificate-authority-data': Buffer.from(ca).toString('base64'),
  };
  const config = {
    'current-context': 'here',
    contexts: ['here', 'there'].map((name) => ({ name, context: { cluster: name, user: 'me' } })),
    clusters: [
      { name: 'here', cluster },
      { name: 'there', cluster: { ...cluster, server: `${url}/proxied/` } },
    ],
    users: [{ name: 'me', user: { token } }],
  };
  await writeFile(file, JSON.stringify(config));
}

/** A server, and a kubeconfig for it, until its test ends. */
async function start(test: Test, handler: Handler) {
  const server = await startHttpsServer(handler);
  test.teardown(() => server.stop());
  const kubeconfig = path.join(test.testdir(), 'kubeconfig');
  await writeKubeconfig(kubeconfig, server);
  return { server, kubeconfig };
}

const answer = (body: unknown, status = 200): Handler => {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
};

t.test('a request carries its query, its body and the credentials', async (t) => {
  const { kubeconfig } = await start(t, (request, response) => {
    const { method, url, headers } = request;
    const { authorization, 'content-type': type } = headers;
    void json(request).then((body) => {
      response.end(JSON.stringify({ method, url, body, authorization, type }));
    });
  });
  const request = {
    method: 'PATCH',
    path: '/api/v1/things/one',
    query: { fieldManager: 'a b' },
    contentType: 'application/apply-patch+yaml',
    body: { text: 'ü' },
  } as const;
  const expected = {
    method: 'PATCH',
    url: '/api/v1/things/one?fieldManager=a+b',
    body: { text: 'ü' },
    authorization: 'Bearer first',
    type: 'application/apply-patch+yaml',
  };
  t.strictSame(await (await connectKube({ kubeconfig })).request(request), expected);
  const there = await connectKube({ kubeconfig, context: 'there' });
  const url = '/proxied/api/v1/things/one?fieldManager=a+b';
  t.strictSame(await there.request(request), { ...expected, url });
});

t.test('a refusal is an error with its status and reason', async (t) => {
  const status = { kind: 'Status', code: 403, reason: 'Forbidden', message: 'no access' };
  const { kubeconfig } = await start(t, answer(status, 403));
  const kube = await connectKube({ kubeconfig });
  const refused = { name: 'KubeError', status: 403, reason: 'Forbidden' };
  await t.rejects(kube.request({ method: 'GET', path: '/x' }), {
    ...refused,
    message: 'GET /x: no access',
  });
  await t.rejects(kube.watch('/x', {}, new AbortController().signal), refused);
});

t.test('an answer that is not JSON is an error', async (t) => {
  const { kubeconfig } = await start(t, (_, response) => response.end('<html>'));
  const kube = await connectKube({ kubeconfig });
  await t.rejects(kube.request({ method: 'GET', path: '/x' }), {
    message: 'GET /x: HTTP status 200',
  });
});

t.test('a watch gives events as they come, until the server ends it', async (t) => {
  let url: string | undefined;
  const { kubeconfig } = await start(t, (request, response) => {
    url = request.url;
    response.write('{"type":"ADDED","object":{"a":1}}\n{"type":"BOOK');
    setImmediate(() => response.end('MARK","object":{}}\n'));
  });
  const kube = await connectKube({ kubeconfig });
  const seen: WatchEvent[] = [];
  const events = await kube.watch('/x', { resourceVersion: '7' }, new AbortController().signal);
  for await (const event of events) seen.push(event);
  t.strictSame(seen, [
    { type: 'ADDED', object: { a: 1 } },
    { type: 'BOOKMARK', object: {} },
  ]);
  t.equal(url, '/x?resourceVersion=7&watch=true');
});

t.test(
  'an event of type ERROR, a broken connection and an abort end a watch with an error',
  async (t) => {
    const { kubeconfig } = await start(t, ({ url }, response) => {
      response.write('{"type":"ADDED","object":{}}\n');
      if (url?.startsWith('/expired')) response.end('{"type":"ERROR","object":{"code":410}}\n');
      if (url?.startsWith('/broken')) setImmediate(() => response.destroy());
    });
    const kube = await connectKube({ kubeconfig });
    const end = new AbortController();
    const read = async (path: string) => {
      for await (const { type } of await kube.watch(path, {}, end.signal)) {
        if (path === '/aborted' && type === 'ADDED') end.abort();
      }
    };
    await t.rejects(read('/expired'), { name: 'KubeError', status: 410 });
    await t.rejects(read('/broken'), { code: 'ECONNRESET' });
    await t.rejects(read('/aborted'));
    t.ok(end.signal.aborted);
  },
);

t.test('a renewed token and a renewed CA are found in the file', async (t) => {
  let good = 'Bearer first';
  const { server, kubeconfig } = await start(t, ({ headers }, response) => {
    response.statusCode = headers.authorization === good ? 200 : 401;
    response.end('{}');
  });
  const kube = await connectKube({ kubeconfig });
  const request = { method: 'GET', path: '/x' } as const;
  t.strictSame(await kube.request(request), {});
  good = 'Bearer second';
  await writeKubeconfig(kubeconfig, { ...server, token: 'second' });
  await t.rejects(kube.request(request), new KubeError(401, '', 'GET /x: HTTP status 401'));
  t.strictSame(await kube.request(request), {});
  const ca = await server.replaceAuthority();
  await writeKubeconfig(kubeconfig, { ...server, ca, token: 'second' });
  await t.rejects(kube.request(request), { code: /CERT|SIGNATURE/ });
  t.strictSame(await kube.request(request), {});
});

t.test('a server of another CA is not talked to', async (t) => {
  let calls = 0;
  const { server, kubeconfig } = await start(t, (_, response) => {
    calls += 1;
    response.end('{}');
  });
  await server.replaceAuthority();
  const kube = await connectKube({ kubeconfig });
  await t.rejects(kube.request({ method: 'GET', path: '/x' }), { code: /CERT|SIGNATURE/ });
  t.equal(calls, 0);
});

t.test('a request can be given up', async (t) => {
  const end = new AbortController();
  const { kubeconfig } = await start(t, () => end.abort());
  const kube = await connectKube({ kubeconfig });
  await t.rejects(kube.request({ method: 'GET', path: '/x' }, end.signal), { name: 'AbortError' });
});

t.test('without a pod or a kubeconfig it says what it expects', async (t) => {
  await t.rejects(connectKube(), /expected that or a kubeconfig/);
});
