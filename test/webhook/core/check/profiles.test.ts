import t from 'tap';
import type { StorageClassFacts } from '../../../../webhook/core/view.ts';
import { briefly, checked, SOUND_FACTS, stored } from '../../../support/cluster-facts.ts';
import { ZRS } from '../../../support/cluster-view.ts';
import { NOW, profiles } from '../../../support/context.ts';

const view = (classes: Readonly<Record<string, StorageClassFacts>>) => ({
  ...SOUND_FACTS.view,
  storageClasses: new Map(Object.entries(classes)),
});
const fast = (parameters: Record<string, string>): StorageClassFacts => ({ ...ZRS, parameters });
const configuration = profiles({ default: { storageClassName: 'fast' } });
const withClass = (facts: StorageClassFacts | undefined) =>
  checked({
    configuration,
    statefulSets: [],
    probe: { ...SOUND_PROBE, storageClassName: 'fast' },
    view: view(facts === undefined ? {} : { fast: facts }),
  }).findings;
const SOUND_PROBE = {
  outcome: 'injected',
  by: '0.1.0',
  profile: 'default',
  schedulerName: 'default-scheduler',
} as const;

t.test('a class of the default profile must be there', async (t) => {
  t.strictSame(briefly(withClass(undefined)), ['error ZK730 fast']);
  t.strictSame(briefly(withClass(ZRS)), []);
});

t.test('a class is judged by its SKU and its parameters', async (t) => {
  t.strictSame(briefly(withClass(fast({ skuName: 'Premium_LRS' }))), ['warning ZK731 fast']);
  t.strictSame(briefly(withClass(fast({ skuName: 'Premium_ZRS', maxMountReplicaCount: '1' }))), [
    'error ZK732 fast',
  ]);
  const [found] = withClass({ provisioner: 'file.csi.azure.com', parameters: {} }).filter(
    ({ problem }) => problem.code === 'ZK731',
  );
  t.match(found?.problem.found, 'has provisioner file.csi.azure.com');
});

t.test('what only a profile names that no set uses is a warning', async (t) => {
  const classes = { 'zonekeeper-zrs': ZRS };
  const asks = { inject: 'true', profile: 'azuredisk-v2' };
  t.strictSame(briefly(checked({ view: view(classes) }).findings), [
    'warning ZK730 azuredisk-standard-ssd-zrs-replicas',
  ]);
  t.strictSame(
    briefly(checked({ view: view(classes), statefulSets: [stored({ asks })] }).findings),
    ['error ZK730 azuredisk-standard-ssd-zrs-replicas', 'error ZK202 mysql'],
  );
});

t.test('a scheduler must renew its Lease', async (t) => {
  const name = 'kube-system/csi-azuredisk-scheduler-extender';
  const withLeases = (leases: ReadonlyMap<string, { renewedAt: number }>) =>
    briefly(checked({ view: { ...SOUND_FACTS.view, leases } }).findings);
  t.strictSame(withLeases(new Map()), ['warning ZK208 azuredisk-v2']);
  t.strictSame(withLeases(new Map([[name, { renewedAt: NOW - 61_000 }]])), [
    'warning ZK209 azuredisk-v2',
  ]);
  t.strictSame(withLeases(new Map([[name, { renewedAt: NOW - 59_000 }]])), []);
});

t.test('a profile that names neither is never found fault with', async (t) => {
  const bare = checked({
    configuration: profiles({}),
    statefulSets: [],
    probe: { ...SOUND_PROBE, storageClassName: undefined },
    view: { ...view({}), leases: new Map() },
  });
  t.strictSame(briefly(bare.findings), []);
});
