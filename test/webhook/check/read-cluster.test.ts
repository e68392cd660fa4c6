import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { readCluster } from '../../../webhook/check/read-cluster.ts';
import type { ClusterQuery } from '../../../webhook/core/check/facts.ts';
import { SOUND_WEBHOOK } from '../../support/cluster-facts.ts';
import { NOW, profiles } from '../../support/context.ts';
import { startHttpsServer } from '../../support/https-server.ts';
import { manifest } from '../../support/statefulset.ts';

const ALL: ClusterQuery = { allNamespaces: true };

const items = (...objects: object[]) => ({ items: objects });
const named = (name: string, namespace?: string, more: object = {}) => ({
  metadata: { name, ...(namespace && { namespace }) },
  ...more,
});

const WEBHOOK = {
  ...SOUND_WEBHOOK,
  name: 'statefulsets.zonekeeper.io',
  clientConfig: { service: { namespace: 'zk' } },
};
const CONFIGURATION = 'profiles: {default: {storageClassName: fast}}';

/** What a small cluster answers, by path. */
const ANSWERS: Readonly<Record<string, object>> = {
  '/version': { major: '1', minor: '36+' },
  '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations': items(
    named('other'),
    named('zonekeeper', undefined, { webhooks: [WEBHOOK] }),
  ),
  '/apis/apps/v1/namespaces/zk/deployments/zonekeeper': named('zonekeeper', 'zk', {
    spec: {
      replicas: 2,
      template: { spec: { containers: [{ image: 'example.test/zonekeeper:1' }] } },
    },
    status: { readyReplicas: 1 },
  }),
  '/api/v1/namespaces/zk/configmaps/zonekeeper': { data: { 'config.yaml': CONFIGURATION } },
  '/apis/storage.k8s.io/v1/csidrivers': items(named('disk.csi.azure.com')),
  '/apis/storage.k8s.io/v1/storageclasses': items(named('fast', undefined, { provisioner: 'x' })),
  '/api/v1/namespaces': items(named('shop')),
  '/api/v1/persistentvolumes': items(named('pv')),
  '/apis/apps/v1/statefulsets': items(manifest()),
  '/api/v1/persistentvolumeclaims': items(
    named('data-mysql-0', 'shop', { spec: { storageClassName: 'fast', volumeName: 'pv' } }),
  ),
  '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses': items(
    named('a', 'shop', { spec: { parameters: { clientID: 'c' } } }),
    named('b', 'shop'),
  ),
  '/api/v1/serviceaccounts': items(named('default', 'shop')),
  '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases': items(),
};

let answers: Readonly<Record<string, object | number>> = ANSWERS;
const server = await startHttpsServer((request, response) => {
  const { pathname } = new URL(request.url ?? '', 'https://api.test');
  const answer = request.method === 'GET' ? (answers[pathname] ?? 404) : 403;
  if (typeof answer === 'number') response.writeHead(answer).end('{"message":"no"}');
  else response.end(JSON.stringify(answer));
});
t.teardown(() => server.stop());

/** Lets the API server give these answers on top; a number is a refusal of that status. Returns its kubeconfig. */
function answering(t: Test, changes: Readonly<Record<string, object | number>> = {}) {
  answers = { ...ANSWERS, ...changes };
  const certificate = Buffer.from(server.ca).toString('base64');
  return kubeconfig(t, { server: server.url, 'certificate-authority-data': certificate });
}

async function kubeconfig(t: Test, cluster: object): Promise<string> {
  const file = path.join(t.testdir(), 'kubeconfig');
  const config = {
    'current-context': 'c',
    clusters: [{ name: 'c', cluster }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
    users: [{ name: 'u', user: { token: 't' } }],
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

const read = (file: string, query: ClusterQuery = ALL) =>
  readCluster({ ...query, kubeconfig: file }, { listed: [], usual: '' }, NOW);

t.test('all that a check judges is read', async (t) => {
  const found = await read(await answering(t));
  t.match(found, {
    namespace: undefined,
    facts: {
      configuration: { profiles: { default: { storageClassName: 'fast' } } },
      webhooks: [{ name: 'zonekeeper', failurePolicy: 'Fail', authorityEnds: [] }],
      deployment: { namespace: 'zk', name: 'zonekeeper', ready: 1, wanted: 2 },
      probe: { outcome: 'refused', status: 403, namespace: 'shop' },
      secretProviderClassesServed: true,
      unseen: [],
    },
  });
  if (found.unreachable !== undefined) return;
  const { facts } = found;
  t.strictSame(facts.view.version, { major: 1, minor: 36 });
  t.strictSame([...(facts.view.storageClasses?.keys() ?? [])], ['fast']);
  t.strictSame([...(facts.view.claims ?? [])], [['shop/data-mysql-0', 'fast']]);
  t.strictSame([...(facts.zonesOfClaims ?? [])], [['shop/data-mysql-0', []]]);
  t.strictSame([...(facts.view.secretProviderClasses?.keys() ?? [])], ['shop/a', 'shop/b']);
  t.strictSame([...(facts.clientIdsOfClasses ?? [])], [['shop/a', 'c']]);
  t.strictSame([...(facts.clientIdsOfAccounts ?? [])], [['shop/default', '']]);
  t.strictSame(facts.view.leases, new Map());
  t.equal(facts.statefulSets?.length, 1);
});

t.test('the namespace is that of the flag, else of the context', async (t) => {
  const file = await answering(t);
  t.match(await read(file, { allNamespaces: false }), { namespace: 'shop' });
  t.match(await read(file, { allNamespaces: false, namespace: 'b' }), { namespace: 'b' });
});

t.test('what may not be read is left out and told, and the rest is read', async (t) => {
  const refused = Object.keys(ANSWERS).filter((path) => !path.endsWith('/statefulsets'));
  const refusals = Object.fromEntries(refused.map((path) => [path, 403]));
  const found = await read(await answering(t, refusals));
  if (found.unreachable !== undefined) return t.fail(found.unreachable.found);
  const { view, unseen, configuration, statefulSets, ...rest } = found.facts;
  t.strictSame(view, {});
  t.equal(unseen.length, 9);
  t.match(configuration, { unknown: 'the webhook was not found' });
  t.equal(statefulSets?.length, 1);
  t.match(rest, { webhooks: undefined, drivers: undefined, probe: { outcome: 'refused' } });
});

t.test('why the configuration is not known is told', async (t) => {
  const file = '/api/v1/namespaces/zk/configmaps/zonekeeper';
  for (const [answer, why] of [
    [403, 'ConfigMap zk/zonekeeper cannot be read'],
    [404, 'there is no ConfigMap zk/zonekeeper'],
    [{ data: {} }, 'ConfigMap zk/zonekeeper has no config.yaml'],
    [{ data: { 'config.yaml': 'profiles: {}' } }, /^ZK302 /],
    [{ data: { 'config.yaml': '{' } }, /^ZK304 configuration file ConfigMap zk\/zonekeeper/],
  ] as const) {
    const found = await read(await answering(t, { [file]: answer }));
    t.match(found, { facts: { configuration: { unknown: why } } });
  }
});

t.test('a configuration that was named is used instead', async (t) => {
  const configuration = profiles({ default: { storageClassName: 'own' } });
  const found = await read(await answering(t), { ...ALL, configuration });
  t.match(found, { facts: { configuration } });
});

t.test('without a webhook nothing of it is asked for', async (t) => {
  const none = { '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations': items() };
  const found = await read(await answering(t, none));
  t.match(found, { facts: { webhooks: [], probe: undefined, deployment: undefined } });
});

t.test(
  'an API server that does not answer, or knows nobody, leaves nothing to check',
  async (t) => {
    const unknown = await answering(t, { '/version': 401 });
    t.match(await read(unknown), { unreachable: { code: 'ZK703' } });
    const none = path.join(t.testdir(), 'none');
    t.match(await read(none), { unreachable: { code: 'ZK703', found: /ENOENT/ } });
    const file = await kubeconfig(t, { server: 'https://127.0.0.1:1' });
    t.match(await read(file), { unreachable: { code: 'ZK703', found: /ECONNREFUSED/ } });
  },
);
