import t from 'tap';
import { checkCluster } from '../../../../webhook/core/check/cluster.ts';
import type { ClusterFacts } from '../../../../webhook/core/check/facts.ts';
import { SOUND_FACTS } from '../../../support/cluster-facts.ts';
import { NOW } from '../../../support/context.ts';

const LRS = { provisioner: 'disk.csi.azure.com', parameters: { skuName: 'Premium_LRS' } };

/** What is told of disks when those claims have volumes in those zones. */
function told(zones: Record<string, string[]> | undefined, claims: Record<string, string> = {}) {
  const view = {
    ...SOUND_FACTS.view,
    claims: new Map(Object.entries(claims)),
    storageClasses: new Map([...(SOUND_FACTS.view.storageClasses ?? []), ['lrs', LRS] as const]),
  };
  const { zonesOfClaims: _, ...rest } = SOUND_FACTS;
  const known = zones && { zonesOfClaims: new Map(Object.entries(zones)) };
  const facts: ClusterFacts = { ...rest, ...known, view };
  const { findings } = checkCluster(facts, { now: NOW, version: '0.1.0', beforeUninstall: false });
  return findings.map(({ level, problem }) => `${level} ${problem.code} ${problem.found}`);
}

t.test('a volume of one zone is told, one that several zones reach is not', async (t) => {
  t.strictSame(told({ 'shop/data-mysql-0': ['west-1', 'west-2'] }), []);
  t.strictSame(told({ 'shop/data-mysql-0': ['west-1'] }), [
    'warning ZK738 claim data-mysql-0 has its disk in zone west-1 only',
  ]);
});

t.test('all zonal claims of a template are told at once', async (t) => {
  const zones = Object.fromEntries([0, 1, 2].map((n) => [`shop/data-mysql-${n}`, [`west-${n}`]]));
  t.strictSame(told(zones), [
    'warning ZK738 claim data-mysql-0 has its disk in zone west-0 only, as have 2 more of the set',
  ]);
});

t.test('claims of other sets and templates are not this one’s', async (t) => {
  const other = [
    'shop/data-mysql-replica-0',
    'shop/logs-mysql-0',
    'play/data-mysql-0',
    'shop/data',
  ];
  t.strictSame(told(Object.fromEntries(other.map((key) => [key, ['west-1']]))), []);
});

t.test('without zones of the volume its class tells', async (t) => {
  const found = 'claim data-mysql-0 has its disk in one zone: class "lrs" has SKU Premium_LRS';
  t.strictSame(told({ 'shop/data-mysql-0': [] }, { 'shop/data-mysql-0': 'lrs' }), [
    `warning ZK738 ${found}`,
  ]);
  t.strictSame(told(undefined, { 'shop/data-mysql-0': 'lrs' }), [`warning ZK738 ${found}`]);
  t.strictSame(told({}, { 'shop/data-mysql-0': 'zonekeeper-zrs' }), []);
});

t.test('a disk that was made zone-redundant later is none of one zone', async (t) => {
  const zones = { 'shop/data-mysql-0': ['west-1', 'west-2'] };
  t.strictSame(told(zones, { 'shop/data-mysql-0': 'lrs' }), [
    'warning ZK207 claim data-mysql-0 exists with class "lrs"',
  ]);
});
