import t from 'tap';
import { clusterViewKeeper } from '../../../webhook/controllers/cluster-view.ts';
import { FakeKube, refusal, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const CLASSES = '/apis/storage.k8s.io/v1/storageclasses';
const CLAIMS = '/api/v1/persistentvolumeclaims';
const PROVIDERS = '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses';
const DRIVERS = '/apis/storage.k8s.io/v1/csidrivers';
const ACCOUNTS = '/api/v1/serviceaccounts';
const leasesOf = (namespace: string) =>
  `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
const lease = (namespace: string, name: string) => ({
  metadata: { namespace, name, resourceVersion: '1' },
  spec: { renewTime: '2026-11-21T12:00:00Z' },
});
const named = (namespace: string, name: string, more = {}, annotations = {}) => ({
  metadata: { namespace, name, resourceVersion: '1', annotations },
  ...more,
});

/** What the API server holds, by path; what is missing here it does not know. */
const CLUSTER: Record<string, object[] | undefined> = {
  [CLASSES]: [{ metadata: { name: 'zrs' }, provisioner: 'disk.csi.azure.com' }],
  [CLAIMS]: [named('team', 'data-db-0', { spec: { storageClassName: 'zrs' } })],
  [PROVIDERS]: [named('team', 'vault', { spec: { provider: 'gcp' } })],
  [DRIVERS]: [{ metadata: { name: 'disk.csi.azure.com' }, spec: {} }],
  [ACCOUNTS]: [
    named('team', 'default'),
    named('team', 'db', {}, { 'azure.workload.identity/client-id': 'c' }),
  ],
  [leasesOf('kube-system')]: [lease('kube-system', 'kube-scheduler')],
  [leasesOf('disks')]: [lease('disks', 'extender')],
};

/** A keeper of the view of such a cluster that runs until its test ends. */
function start(
  t: { teardown(fn: () => Promise<void>): void },
  cluster = CLUSTER,
  leaseNamespaces = ['kube-system'],
) {
  const kube = new FakeKube(({ path }) => {
    if (path === '/version') return { major: '1', minor: '36' };
    const items = cluster[path];
    if (!items) throw refusal(404);
    return { metadata: { resourceVersion: '1' }, items };
  });
  const surroundings = { clock: new ManualClock(), log: new MemoryLog(), random: () => 1 };
  const keeper = clusterViewKeeper(kube, { leaseNamespaces }, surroundings);
  const end = new AbortController();
  const running = keeper.run(end.signal);
  t.teardown(() => {
    end.abort();
    return running;
  });
  return { kube, keeper, ...surroundings };
}

t.test('nothing is known before it was read', async (t) => {
  const { keeper } = start(t);
  t.strictSame(keeper.view(), {});
  t.notOk(keeper.synced());
});

t.test('every part is known once it was read', async (t) => {
  const { keeper } = start(t);
  await settled();
  t.ok(keeper.synced());
  const { version, storageClasses, claims, leases, secretProviderClasses } = keeper.view();
  t.strictSame(version, { major: 1, minor: 36 });
  t.strictSame(storageClasses?.get('zrs'), { provisioner: 'disk.csi.azure.com', parameters: {} });
  t.equal(claims?.get('team/data-db-0'), 'zrs');
  t.strictSame(leases?.get('kube-system/kube-scheduler'), {
    renewedAt: Date.UTC(2026, 10, 21, 12),
  });
  t.strictSame(secretProviderClasses?.get('team/vault'), { provider: 'gcp' });
  const { csiDrivers, serviceAccounts } = keeper.view();
  t.strictSame(
    [...(csiDrivers ?? [])],
    [['disk.csi.azure.com', { requiresRepublish: false, audiences: [] }]],
  );
  t.strictSame([...(serviceAccounts ?? [])], [['team/db', { client: 'c' }]]);
});

t.test('a cluster without the secrets store is known as well', async (t) => {
  const { keeper, log } = start(t, { ...CLUSTER, [PROVIDERS]: undefined });
  await settled();
  t.ok(keeper.synced());
  t.notOk('secretProviderClasses' in keeper.view());
  t.same(log.lines, []);
});

t.test('a part that may not be read is unknown, and the others are not', async (t) => {
  const { keeper, log } = start(t, { ...CLUSTER, [CLAIMS]: undefined });
  await settled();
  t.notOk(keeper.synced());
  t.notOk('claims' in keeper.view());
  t.ok(keeper.view().storageClasses);
  t.match(log.text(), /cannot watch a collection path="\/api\/v1\/persistentvolumeclaims"/);
});

t.test('what is known of classes follows the watch', async (t) => {
  const { kube, keeper } = start(t);
  const watch = await kube.watching(PROVIDERS);
  await settled();
  watch.push('ADDED', named('team', 'second', { spec: { provider: 'azure', parameters: {} } }));
  watch.push('DELETED', named('team', 'vault'));
  await settled();
  t.match(
    [...(keeper.view().secretProviderClasses ?? [])],
    [['team/second', { provider: 'azure', refused: 'keyvaultName is not provided' }]],
  );
});

t.test('Leases come from every namespace that is asked for', async (t) => {
  const { keeper } = start(t, CLUSTER, ['kube-system', 'disks']);
  await settled();
  const names = [...(keeper.view().leases?.keys() ?? [])];
  t.same(names.sort(), ['disks/extender', 'kube-system/kube-scheduler']);
});

t.test('Leases that can no longer be watched are unknown instead of old', async (t) => {
  const { kube, keeper, clock } = start(t);
  const watch = await kube.watching(leasesOf('kube-system'));
  await settled();
  t.ok(keeper.view().leases);
  watch.end(new Error('connection reset'));
  await settled();
  t.notOk('leases' in keeper.view());
  t.ok(keeper.view().claims);
  clock.advance(1000);
  await settled();
  t.ok(keeper.view().leases);
});

t.test('a service account is known only while it is annotated', async (t) => {
  const { kube, keeper } = start(t);
  const watch = await kube.watching(ACCOUNTS);
  await settled();
  watch.push('MODIFIED', named('team', 'db'));
  watch.push(
    'MODIFIED',
    named('team', 'default', {}, { 'azure.workload.identity/tenant-id': 't' }),
  );
  await settled();
  t.strictSame([...(keeper.view().serviceAccounts ?? [])], [['team/default', { tenant: 't' }]]);
});
