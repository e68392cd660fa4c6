import t from 'tap';
import { briefly, checked, SOUND_FACTS, stored } from '../../../support/cluster-facts.ts';

const SECRETS = { inject: 'true', 'secret-provider-class': 'mysql-secrets' };
const mounting = [stored({ asks: SECRETS })];
const withoutDriver = (name: string) =>
  new Map([...(SOUND_FACTS.drivers ?? [])].filter(([driver]) => driver !== name));
const withSecretsDriver = (facts: { requiresRepublish: boolean; audiences: string[] }) =>
  new Map([...(SOUND_FACTS.drivers ?? []), ['secrets-store.csi.k8s.io', facts] as const]);

t.test('a Kubernetes without matchConditions is an error', async (t) => {
  const at = (minor: number) =>
    briefly(checked({ view: { ...SOUND_FACTS.view, version: { major: 1, minor } } }).findings);
  t.strictSame(at(29), ['error ZK222']);
  t.strictSame(at(30), []);
});

t.test(
  'the driver of the default profile is essential, that of an unused one is not',
  async (t) => {
    const found = (driver: string) => checked({ drivers: withoutDriver(driver) }).findings;
    t.strictSame(briefly(found('disk.csi.azure.com')), ['error ZK725 disk.csi.azure.com']);
    t.strictSame(briefly(found('disk2.csi.azure.com')), ['warning ZK725 disk2.csi.azure.com']);
    t.match(found('disk2.csi.azure.com')[0]?.problem.expected, 'profile "azuredisk-v2"');
  },
);

t.test('the in-tree name of the disk driver asks for no CSIDriver of that name', async (t) => {
  const storageClasses = new Map([
    ...(SOUND_FACTS.view.storageClasses ?? []),
    [
      'zonekeeper-zrs',
      { provisioner: 'kubernetes.io/azure-disk', parameters: { skuName: 'Premium_ZRS' } },
    ] as const,
  ]);
  t.strictSame(briefly(checked({ view: { ...SOUND_FACTS.view, storageClasses } }).findings), []);
});

t.test('the secrets driver is essential as soon as a set mounts secrets', async (t) => {
  const drivers = withoutDriver('secrets-store.csi.k8s.io');
  t.strictSame(briefly(checked({ drivers }).findings), ['warning ZK725 secrets-store.csi.k8s.io']);
  t.strictSame(briefly(checked({ drivers, statefulSets: mounting }).findings), [
    'error ZK725 secrets-store.csi.k8s.io',
  ]);
});

t.test('rotation that is off is a warning', async (t) => {
  const drivers = withSecretsDriver({
    requiresRepublish: false,
    audiences: ['api://AKSIdentityBinding'],
  });
  t.strictSame(briefly(checked({ drivers }).findings), ['warning ZK726 secrets-store.csi.k8s.io']);
});

t.test('a driver without tokens fails whoever uses workload identity', async (t) => {
  const drivers = withSecretsDriver({ requiresRepublish: true, audiences: ['vault'] });
  t.strictSame(briefly(checked({ drivers }).findings), ['warning ZK727 secrets-store.csi.k8s.io']);
  const identity = {
    statefulSets: mounting,
    clientIdsOfClasses: new Map([['shop/mysql-secrets', 'c1']]),
    clientIdsOfAccounts: new Map([['shop/default', 'c1']]),
  };
  t.strictSame(briefly(checked({ drivers, ...identity }).findings), [
    'error ZK727 secrets-store.csi.k8s.io',
  ]);
});

t.test('an API server without SecretProviderClasses is told once', async (t) => {
  const absent = { secretProviderClassesServed: false };
  t.strictSame(briefly(checked(absent).findings), ['warning ZK728']);
  const view = { ...SOUND_FACTS.view, secretProviderClasses: new Map() };
  t.strictSame(briefly(checked({ ...absent, view, statefulSets: mounting }).findings), [
    'error ZK728',
    'error ZK223 mysql',
  ]);
});
