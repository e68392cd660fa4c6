import t from 'tap';
import { probe } from '../../../webhook/check/probe.ts';
import type { Access } from '../../../webhook/controllers/access.ts';
import { SOUND_WEBHOOK } from '../../support/cluster-facts.ts';
import { startHttpsServer } from '../../support/https-server.ts';

const NAMESPACES = new Map(
  ['kube-system', 'shop'].map((name) => [name, { 'kubernetes.io/metadata.name': name }]),
);

t.test('the set is one of a namespace for which the webhook is called', async (t) => {
  const seen: string[] = [];
  const server = await startHttpsServer((request, response) => {
    seen.push(/namespaces\/([^/]+)/.exec(request.url ?? '')?.[1] ?? '');
    response.writeHead(403).end('{"message":"no"}');
  });
  t.teardown(() => server.stop());
  const access: Access = {
    server: new URL(server.url),
    options: async () => ({ ca: server.ca }),
    refused: () => {},
  };
  const image = 'example.test/zonekeeper:1';
  const within = (namespace: string, webhooks = [SOUND_WEBHOOK]) =>
    probe(access, { namespace, namespaces: NAMESPACES, webhooks, image });
  t.match(await within('shop'), { outcome: 'refused', namespace: 'shop', status: 403 });
  await within('kube-system');
  await within('unknown');
  t.equal(await within('shop', []), undefined, 'without a webhook nothing is asked');
  await probe(access, { namespace: 'own', namespaces: undefined, webhooks: undefined, image });
  t.strictSame(seen, ['shop', 'shop', 'shop', 'own']);
});
