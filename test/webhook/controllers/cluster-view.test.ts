import t from 'tap';
import { clusterViewKeeper } from '../../../webhook/controllers/cluster-view.ts';
import { FakeKube, refusal, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const CLASSES = '/apis/storage.k8s.io/v1/storageclasses';
const CLAIMS = '/api/v1/persistentvolumeclaims';
const PROVIDERS = '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses';
const leasesOf = (namespace: string) =>
  `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
const lease = (namespace: string, name: string) => ({
  metadata: { namespace, name, resourceVersion: '1' },
  spec: { renewTime: '2026-11-21T12:00:00Z' },
});
const named = (namespace: string, name: string, more = {}) => ({
  metadata: { namespace, name, resourceVersion: '1' },
  ...more,
});

/** What the API server holds, by path; what is missing here it does not know. */
const CLUSTER: Record<string, object[] | undefined> = {
  [CLASSES]: [{ metadata: { name: 'zrs' }, provisioner: 'disk.csi.azure.com' }],
  [CLAIMS]: [named('team', 'data-db-0', { spec: { storageClassName: 'zrs' } })],
  [PROVIDERS]: [named('team', 'vault')],
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
  t.ok(secretProviderClasses?.has('team/vault'));
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

t.test('the set of classes follows the watch', async (t) => {
  const { kube, keeper } = start(t);
  const watch = await kube.watching(PROVIDERS);
  await settled();
  const before = keeper.view().secretProviderClasses;
  t.equal(keeper.view().secretProviderClasses, before, 'it is made once a change');
  watch.push('ADDED', named('team', 'second'));
  watch.push('DELETED', named('team', 'vault'));
  await settled();
  t.strictSame([...(keeper.view().secretProviderClasses ?? [])], ['team/second']);
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
