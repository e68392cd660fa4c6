import t from 'tap';
import { FLEXVOLUME_WARNINGS } from '../../../../webhook/core/catalogue/flexvolume-warnings.ts';
import { SECRET_WARNINGS } from '../../../../webhook/core/catalogue/secret-warnings.ts';
import { SIDECAR_WARNINGS } from '../../../../webhook/core/catalogue/sidecar-warnings.ts';
import { WARNINGS } from '../../../../webhook/core/catalogue/warnings.ts';
import type { Context } from '../../../../webhook/core/context.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import type { Problem } from '../../../../webhook/core/problems.ts';
import type { ClusterView, StorageClassFacts } from '../../../../webhook/core/view.ts';
import { create, update } from '../../../support/admission.ts';
import { ZRS } from '../../../support/cluster-view.ts';
import { contextWith, NOW, profiles } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';
import {
  annotated,
  arriving,
  claim,
  type Given,
  MARKER,
  manifest,
  withPod,
} from '../../../support/statefulset.ts';

type Provoke = () => readonly Problem[];

const V2 = { inject: 'true', profile: 'azuredisk-v2' };
const LEASE = 'kube-system/csi-azuredisk-scheduler-extender';
const ZONE = { 'topology.kubernetes.io/zone': 'westeurope-1' };

function warnings(given: Given = {}, view: ClusterView = {}): readonly Problem[] {
  return mutateCreate(arriving(manifest(given)), 'shop', contextWith({ view })).warnings;
}

function asking(asks: Record<string, string>, given: Given = {}): readonly Problem[] {
  return warnings({ ...given, asks: { inject: 'true', ...asks } });
}

function inClass(facts: StorageClassFacts, spec: object = {}): readonly Problem[] {
  const storageClasses = new Map([['zonekeeper-zrs', facts]]);
  return warnings({ claims: [claim('data', { ...spec })] }, { storageClasses });
}

function updated(before: Given, after: Given, later: Context = contextWith()): readonly Problem[] {
  const { stored } = create(manifest(before), contextWith());
  return update(manifest(after), stored, later).mutation.warnings;
}

const SHARED = {
  provisioner: 'disk.csi.azure.com',
  parameters: { ...ZRS.parameters, maxShares: '5', cachingMode: 'None' },
};
const TOLERATES = { tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists' }] };
const PPG = {
  matchExpressions: [{ key: 'kubernetes.azure.com/ppg', operator: 'In', values: ['b'] }],
};
const REQUIRES = {
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [PPG] } },
  },
};

/** Ways to be warned, one for each code. */
const CASES: Readonly<Record<string, Provoke>> = {
  ZK201: () => asking({ 'secret-provider-clas': 'x' }),
  ZK202: () => warnings({}, { storageClasses: new Map() }),
  ZK203: () =>
    inClass({ provisioner: 'disk.csi.azure.com', parameters: { skuName: 'StandardSSD_LRS' } }),
  ZK204: () => inClass({ ...ZRS, parameters: { ...ZRS.parameters, maxMountReplicaCount: '2' } }),
  ZK205: () => inClass(ZRS, { accessModes: ['ReadWriteMany'] }),
  ZK206: () => inClass(SHARED),
  ZK207: () => warnings({}, { claims: new Map([['shop/data-mysql-0', 'managed-csi-premium']]) }),
  ZK208: () => warnings({ asks: V2 }, { leases: new Map() }),
  ZK209: () =>
    warnings({ asks: V2 }, { leases: new Map([[LEASE, { renewedAt: NOW - 86_400_000 }]]) }),
  ZK210: () => warnings({ pod: { nodeSelector: ZONE } }),
  ZK211: () => asking({ 'proximity-placement-group': 'mysql-ppg' }),
  ZK212: () =>
    asking(
      { 'scheduler-name': 'csi-azuredisk-scheduler-extender' },
      { pod: { schedulerName: 'volcano' } },
    ),
  ZK213: () => asking({ 'storage-class': 'zonekeeper-zrs' }, { claims: [] }),
  ZK214: () => asking({ 'fast-failover': '30s' }, { pod: TOLERATES }),
  ZK215: () => asking({ 'proximity-placement-group': 'a' }, { pod: REQUIRES }),
  ZK216: () => updated({ asks: {} }, {}),
  ZK217: () => {
    const set = arriving(manifest());
    return update(set, set, contextWith()).mutation.warnings;
  },
  ZK218: () => warnings({ annotations: { [MARKER]: '{}' } }),
  ZK219: () => updated({ asks: V2 }, { asks: V2 }, contextWith({ configuration: profiles({}) })),
  ZK220: () =>
    warnings({
      metadata: { ownerReferences: [{ kind: 'Kafka', name: 'events', controller: true }] },
    }),
  ZK221: () => warnings({ asks: { profile: 'azuredisk-v2' } }),
  ZK222: () => warnings({}, { version: { major: 1, minor: 29 } }),
  ZK223: () => {
    const asks = { inject: 'true', 'secret-provider-class': 'mysql-secrets' };
    return warnings({ asks }, { secretProviderClasses: new Map() });
  },
  ZK224: () => {
    const asks = (name: string) => ({ inject: 'true', 'secret-provider-class': name });
    const { stored: old } = create(manifest({ asks: asks('old') }), contextWith());
    const next = withPod(manifest({ asks: asks('new') }), { hostname: 'a' });
    const { stored } = update(next, old, contextWith());
    const undone = { ...stored, spec: { ...stored.spec, template: old.spec.template } };
    return update(undone, stored, contextWith()).mutation.warnings;
  },
};

t.test('every warning can come about, and tells what to do in one line', async (t) => {
  const elsewhere = { ...SECRET_WARNINGS, ...SIDECAR_WARNINGS, ...FLEXVOLUME_WARNINGS };
  const others = Object.keys(WARNINGS).filter((code) => !Object.hasOwn(elsewhere, code));
  t.same(Object.keys(CASES), others);
  for (const [code, provoke] of Object.entries(CASES)) {
    const problems = provoke();
    t.ok(
      problems.some((found) => found.code === code),
      code,
    );
    for (const found of problems) assertReadable(t, found);
  }
});

t.test('a refusal that unchanged annotations escape fits into its warning', async (t) => {
  const allowed = {
    storageClasses: [],
    schedulerNames: ['volcano'],
    secretProviderClasses: ['mysql-secrets', 'mysql-backup'],
    proximityPlacementGroups: [],
  };
  const asks = {
    inject: 'true',
    'storage-class': 'azuredisk-standard-ssd-zrs-replicas',
    'scheduler-name': 'csi-azuredisk-scheduler-extender',
    'secret-provider-class': 'postgres-secrets',
    'proximity-placement-group': 'mysql-ppg',
  };
  const bounded = contextWith({ configuration: profiles({ default: { allowed } }) });
  const found = updated({ asks }, { asks }, bounded);
  t.same(
    found.map(({ code }) => code),
    ['ZK219', 'ZK219', 'ZK219', 'ZK219'],
  );
  for (const one of found) assertReadable(t, one);
});

t.test('a refusal for a value that was written past the webhook fits too', async (t) => {
  const wrong = {
    inject: 'yes',
    'fast-failover': '2h',
    'secret-provider-class': 'a,a',
    flexvolume: 'x',
    'mount-path': 'x',
  };
  const set = annotated(arriving(manifest({ asks: wrong })), {});
  const found = update(set, set, contextWith()).mutation.warnings;
  t.same(
    found.map(({ code }) => code),
    ['ZK219', 'ZK219', 'ZK219', 'ZK219', 'ZK219'],
  );
  for (const one of found) assertReadable(t, one);
});
