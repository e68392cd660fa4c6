import t, { type Test } from 'tap';
import { clusterViewKeeper } from '../../webhook/controllers/cluster-view.ts';
import { connectKube } from '../../webhook/controllers/kube.ts';
import { classesOf } from '../../webhook/core/secrets/classes-of.ts';
import { create } from '../support/admission.ts';
import { contextWith } from '../support/context.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { realClock } from '../support/real-clock.ts';
import { manifest } from '../support/statefulset.ts';
import { VAULT_ASKS } from '../support/vault.ts';
import { ControlPlane } from './control-plane.ts';
import { until } from './until.ts';

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());
const kube = await connectKube({ kubeconfig: cluster.kubeconfig });
const log = new MemoryLog();

/** A view that was read once, until its test ends. */
async function startView(test: Test) {
  const keeper = clusterViewKeeper(kube, {}, { clock: realClock, log });
  const end = new AbortController();
  const running = keeper.run(end.signal);
  test.teardown(() => {
    end.abort();
    return running;
  });
  await until('the first look', () => keeper.synced());
  return () => keeper.view();
}

t.test('the version is known, and a kind that the cluster lacks is not', async (t) => {
  const view = await startView(t);
  t.equal(view().version?.major, 1);
  t.ok((view().version?.minor ?? 0) >= 30);
  t.equal(view().secretProviderClasses, undefined);
});

t.test('StorageClasses come and go', async (t) => {
  const view = await startView(t);
  const classes = '/apis/storage.k8s.io/v1/storageclasses';
  const facts = { provisioner: 'disk.csi.azure.com', parameters: { skuName: 'Premium_ZRS' } };
  await cluster.api.expect('POST', classes, { body: { metadata: { name: 'zrs' }, ...facts } });
  await until('the class', () => view().storageClasses?.has('zrs'));
  t.strictSame(view().storageClasses?.get('zrs'), facts);
  await cluster.api.expect('DELETE', `${classes}/zrs`);
  await until('its end', () => !view().storageClasses?.has('zrs'));
});

t.test('claims are known by their class', async (t) => {
  const view = await startView(t);
  const claims = '/api/v1/namespaces/default/persistentvolumeclaims';
  const spec = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'zrs',
    resources: { requests: { storage: '1Gi' } },
  };
  await cluster.api.expect('POST', claims, { body: { metadata: { name: 'data-db-0' }, spec } });
  await until('the claim', () => view().claims?.has('default/data-db-0'));
  t.equal(view().claims?.get('default/data-db-0'), 'zrs');
  const later = await startView(t);
  t.equal(later().claims?.get('default/data-db-0'), 'zrs');
});

t.test('Leases are known by their age', async (t) => {
  const view = await startView(t);
  const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
  const renewed = (renewTime: string) => ({ spec: { holderIdentity: 'me', renewTime } });
  const first = '2026-11-21T12:00:00.000000Z';
  const body = { metadata: { name: 'scheduler' }, ...renewed(first) };
  await cluster.api.expect('POST', leases, { body });
  const age = () => view().leases?.get('kube-system/scheduler')?.renewedAt;
  await until('the Lease', () => age() === Date.parse(first));
  const second = '2026-11-21T12:00:10.000000Z';
  await cluster.api.expect('PATCH', `${leases}/scheduler`, { body: renewed(second) });
  await until('its renewal', () => age() === Date.parse(second));
});

t.test('SecretProviderClasses are known while the cluster knows the kind', async (t) => {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const group = 'secrets-store.csi.x-k8s.io';
  const names = { kind: 'SecretProviderClass', plural: 'secretproviderclasses' };
  const parameters = { type: 'object', additionalProperties: { type: 'string' } };
  const properties = { provider: { type: 'string' }, parameters };
  const fields = { spec: { type: 'object', properties } };
  const schema = { openAPIV3Schema: { type: 'object', properties: fields } };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const name = `${names.plural}.${group}`;
  const spec = { group, names, scope: 'Namespaced', versions };
  await cluster.api.expect('POST', definitions, { body: { metadata: { name }, spec } });
  const classes = `/apis/${group}/v1/namespaces/default/${names.plural}`;
  await until('the kind', async () => (await cluster.api.request('GET', classes)).status === 200);
  const view = await startView(t);
  await until('an empty set', () => view().secretProviderClasses?.size === 0);
  const asks = { ...VAULT_ASKS, secrets: 'root, tls/ca.pem=cert/web' };
  const { stored } = create(manifest({ asks }), contextWith());
  const [made] = classesOf(stored);
  if (made === undefined) throw new Error('no class is made');
  const body = { ...made, metadata: { ...made.metadata, namespace: 'default' } };
  await cluster.api.expect('POST', classes, { body });
  const facts = () => view().secretProviderClasses?.get(`default/${made.metadata.name}`);
  await until('the class', () => facts() !== undefined);
  t.match(facts(), {
    vault: 'contoso-prod',
    refused: undefined,
    objects: [{ file: 'root' }, { type: 'cert', file: 'tls/ca.pem' }],
  });
  await cluster.api.expect('DELETE', `${definitions}/${name}`);
  await until('the end of the kind', () => view().secretProviderClasses === undefined);
});

t.test('CSI drivers are known, and service accounts that are annotated', async (t) => {
  const view = await startView(t);
  const name = 'secrets-store.csi.k8s.io';
  const spec = { requiresRepublish: true, tokenRequests: [{ audience: 'api://x' }] };
  const drivers = '/apis/storage.k8s.io/v1/csidrivers';
  await cluster.api.expect('POST', drivers, { body: { metadata: { name }, spec } });
  await until('the driver', () => view().csiDrivers?.has(name));
  t.same(view().csiDrivers?.get(name), { requiresRepublish: true, audiences: ['api://x'] });
  const annotations = { 'azure.workload.identity/client-id': 'c' };
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  await cluster.api.expect('POST', accounts, { body: { metadata: { name: 'db', annotations } } });
  await until('the account', () => view().serviceAccounts?.has('default/db'));
  t.same([...(view().serviceAccounts ?? [])], [['default/db', { client: 'c' }]]);
});

t.test('nothing failed', async (t) => {
  t.strictSame(log.lines, []);
});
