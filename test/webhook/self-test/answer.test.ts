import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import t, { type Test } from 'tap';
import { dryRun } from '../../../webhook/self-test/answer.ts';
import { probeSet } from '../../../webhook/self-test/set.ts';
import { type Handler, startHttpsServer } from '../../support/https-server.ts';

const set = probeSet('apps', 'example.test/zonekeeper:1');

/** A configuration of an API server that answers so. */
async function serverOf(t: Test, handler: Handler): Promise<KubeConfig> {
  const server = await startHttpsServer(handler);
  t.teardown(() => server.stop());
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    {
      name: 'c',
      server: server.url,
      caData: Buffer.from(server.ca).toString('base64'),
      skipTLSVerify: false,
    },
    { name: 'u', token: 'secret' },
  );
  return config;
}

t.test('the set is sent as a dry run, with the account’s token', async (t) => {
  const seen: unknown[] = [];
  const config = await serverOf(t, (request, response) => {
    seen.push(request.method, request.url, request.headers.authorization, text(request));
    response.setHeader('warning', ['299 - "first"', '299 - "a \\"quoted\\" word"']);
    response.writeHead(201).end('{"kind":"StatefulSet"}');
  });
  t.strictSame(await dryRun(config, set), {
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
  const config = await serverOf(t, (_request, response) => {
    response.writeHead(503).end('<html>');
  });
  t.strictSame(await dryRun(config, set), { status: 503, body: undefined, warnings: [] });
});

t.test('a configuration without an API server is refused', async (t) => {
  await t.rejects(dryRun(new KubeConfig(), set), /no API server is known/);
});
