import t from 'tap';
import { startKubelets } from './kubelets.ts';
import { createNodes } from './nodes.ts';
import { startProvisioner } from './provisioner.ts';
import { about, check, codesOf, createDrivers, errorsOf } from './support/check.ts';
import { storageClass } from './support/cluster-objects.ts';
import { OPTED_IN, smallSet } from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

const ZONES = ['westeurope-1', 'westeurope-2'];
const GROUP = 'secrets-store.csi.x-k8s.io';

const cluster = await startCluster(t);
await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');

await createNodes(cluster.api, ZONES);
const provisioner = startProvisioner(cluster.api);
t.teardown(() => provisioner.stop());
const kubelets = startKubelets(cluster.api);
t.teardown(() => kubelets.stop());

const report = async () => (await check(cluster, '-n', 'shop')).report;

t.test('drivers and kinds that a set needs are missed as soon as there is one', async (t) => {
  const before = await report();
  t.strictSame(errorsOf(before), ['ZK725'], 'every new set needs a disk');
  t.match(about(before, 'secrets-store.csi.k8s.io'), [{ code: 'ZK725', level: 'warning' }]);
  const asks = { ...OPTED_IN, 'zonekeeper.io/secret-provider-class': 'vault' };
  accepted(t, await sets.apply(smallSet('secretive', asks)), 'apply');
  t.strictSame(errorsOf(await report()).toSorted(), ['ZK223', 'ZK725', 'ZK725', 'ZK728']);
});

t.test('a class that is missing, then an account without its identity', async (t) => {
  await createDrivers(cluster);
  const names = { kind: 'SecretProviderClass', plural: 'secretproviderclasses' };
  const preserving = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schema = { openAPIV3Schema: preserving };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const spec = { group: GROUP, names, scope: 'Namespaced', versions };
  const body = { metadata: { name: `${names.plural}.${GROUP}` }, spec };
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await cluster.api.expect('POST', definitions, { body });
  const classes = `/apis/${GROUP}/v1/namespaces/shop/${names.plural}`;
  await until('the kind', async () => (await cluster.api.request('GET', classes)).status === 200);
  t.strictSame(codesOf(await report(), 'secretive'), ['ZK223']);

  const parameters = {
    keyvaultName: 'contoso',
    tenantID: '89abcdef-0123-4567-89ab-cdef01234567',
    clientID: 'c1',
    objects: 'array:\n  - |\n    objectName: password\n    objectType: secret\n',
  };
  const vault = {
    apiVersion: `${GROUP}/v1`,
    kind: names.kind,
    metadata: { name: 'vault' },
    spec: { provider: 'azure', parameters },
  };
  await cluster.api.expect('POST', classes, { body: vault });
  const found = await report();
  t.strictSame(codesOf(found, 'secretive'), []);
  t.match(about(found, 'default'), [{ code: 'ZK740', level: 'warning' }]);
  const identity = 'azure.workload.identity/client-id=c1';
  accepted(t, await sets.kubectl(['annotate', 'sa', 'default', identity]), 'annotate');
  t.strictSame(codesOf(await report(), 'default'), []);
});

t.test('disks of one zone are told, those of several are not', async (t) => {
  const zonal = storageClass('zonal', { skuName: 'StandardSSD_LRS' });
  await cluster.api.expect('POST', '/apis/storage.k8s.io/v1/storageclasses', { body: zonal });
  const asks = { ...OPTED_IN, 'zonekeeper.io/storage-class': 'zonal' };
  for (const set of [smallSet('zonal', asks), smallSet('redundant', OPTED_IN)]) {
    accepted(t, await sets.apply(set), 'apply');
    const args = ['rollout', 'status', `statefulset/${set.metadata.name}`, '--timeout=60s'];
    accepted(t, await sets.kubectl(args), 'rolled out');
  }
  const found = await report();
  t.match(
    about(found, 'zonal').find(({ code }) => code === 'ZK738')?.message,
    /^claim data-zonal-0 has its disk in zone westeurope-\d only;/,
  );
  t.strictSame(codesOf(found, 'redundant'), []);
});
