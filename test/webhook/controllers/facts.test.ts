import t from 'tap';
import {
  claimClass,
  csiDriverFacts,
  leaseFacts,
  secretProviderClassFacts,
  serviceAccountFacts,
  storageClassFacts,
} from '../../../webhook/controllers/facts.ts';
import type { KubeObject } from '../../../webhook/controllers/objects.ts';

const object = (value: object): KubeObject => value;

t.test('a StorageClass is its driver and parameters, and nothing else', async (t) => {
  const parameters = { skuName: 'Premium_ZRS' };
  const whole = { metadata: { name: 'zrs' }, provisioner: 'disk.csi.azure.com', parameters };
  t.strictSame(storageClassFacts(object({ ...whole, reclaimPolicy: 'Delete' })), {
    provisioner: 'disk.csi.azure.com',
    parameters,
  });
  t.strictSame(storageClassFacts({}), { provisioner: '', parameters: {} });
});

t.test('a claim is its class', async (t) => {
  t.equal(claimClass(object({ spec: { storageClassName: 'zrs' } })), 'zrs');
  t.equal(claimClass(object({ spec: { storageClassName: '' } })), '');
  t.equal(claimClass({}), '');
  const annotations = { 'volume.beta.kubernetes.io/storage-class': 'older' };
  const both = { metadata: { annotations }, spec: { storageClassName: 'zrs' } };
  t.equal(claimClass(object(both)), 'older');
});

t.test('a Lease is the time of its renewal', async (t) => {
  const renewTime = '2026-11-21T12:00:00.000000Z';
  t.strictSame(leaseFacts(object({ spec: { renewTime } })), {
    renewedAt: Date.UTC(2026, 10, 21, 12),
  });
  t.strictSame(leaseFacts(object({ spec: {} })), { renewedAt: 0 });
  t.strictSame(leaseFacts(object({ spec: { renewTime: 'never' } })), { renewedAt: 0 });
});

t.test('a SecretProviderClass is what its provider makes of it', async (t) => {
  const parameters = { keyvaultName: 'contoso-prod' };
  const whole = object({ spec: { provider: 'azure', parameters, secretObjects: [] } });
  t.strictSame(secretProviderClassFacts(whole), {
    provider: 'azure',
    vault: 'contoso-prod',
    refused: 'tenantID is not provided',
  });
  t.strictSame(secretProviderClassFacts({}), { provider: '' });
});

t.test('a CSIDriver is what it asks the kubelet for', async (t) => {
  const spec = { requiresRepublish: true, tokenRequests: [{ audience: 'api://x' }, {}] };
  t.strictSame(csiDriverFacts(object({ spec })), {
    requiresRepublish: true,
    audiences: ['api://x', ''],
  });
  t.strictSame(csiDriverFacts({}), { requiresRepublish: false, audiences: [] });
});

t.test('a service account is what Azure is told of it, mostly nothing', async (t) => {
  const annotations = {
    'azure.workload.identity/client-id': 'c',
    'azure.workload.identity/tenant-id': 't',
    other: 'x',
  };
  t.strictSame(serviceAccountFacts(object({ metadata: { annotations } })), {
    client: 'c',
    tenant: 't',
  });
  t.equal(serviceAccountFacts(object({ metadata: { annotations: { other: 'x' } } })), undefined);
  t.equal(serviceAccountFacts({}), undefined);
});
