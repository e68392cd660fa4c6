import t from 'tap';
import { flexVolume } from '../support/flexvolume.ts';
import { lease, storageClass } from './support/cluster-objects.ts';
import { type Annotations, OPTED_IN, type SetManifest, smallSet } from './support/manifests.ts';
import { accepted, Sets, warned } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);

const sets = await Sets.of(cluster, 'shop');
const items = [
  storageClass('local', { skuName: 'StandardSSD_LRS' }),
  storageClass('refused', { skuName: 'StandardSSD_ZRS', maxShares: '2' }),
  storageClass('shared', { skuName: 'StandardSSD_ZRS', maxShares: '5', cachingMode: 'None' }),
  lease('alive', new Date(Date.now() + 3_600_000)),
  lease('asleep', new Date(Date.now() - 3_600_000)),
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data-zk207-0', namespace: 'shop' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      resources: { requests: { storage: '4Gi' } },
    },
  },
];
await cluster.kubectl(['create', '-f', '-'], {
  input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
});

const bounded = {
  storageClassName: 'zonekeeper-zrs',
  allowed: { storageClasses: ['zonekeeper-zrs'] },
};
const zonekeeper = await installZonekeeper(t, cluster, {
  config: { profiles: { bounded, leaving: { schedulerName: 'alive' } } },
});

type Change = (manifest: SetManifest) => void;

const pod =
  (change: object): Change =>
  ({ spec }) =>
    Object.assign(spec.template.spec, change);
const claim =
  (change: object): Change =>
  ({ spec }) =>
    Object.assign(spec.volumeClaimTemplates[0]?.spec ?? {}, change);

function setNamed(code: string, asked: Annotations, change: Change = () => {}): SetManifest {
  const keys = Object.entries(asked).map(([key, value]) => [`zonekeeper.io/${key}`, value]);
  const manifest = smallSet(code.toLowerCase(), { ...OPTED_IN, ...Object.fromEntries(keys) });
  change(manifest);
  return manifest;
}

const PPG_LABEL = 'kubernetes.azure.com/ppg';
const affinity = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: PPG_LABEL, operator: 'In', values: ['a'] }] },
      ],
    },
  },
};
/** Any object does, but it must exist: what it owns would be deleted. */
const owner = {
  apiVersion: 'v1',
  kind: 'Namespace',
  name: 'shop',
  uid: (await cluster.api.expect('GET', '/api/v1/namespaces/shop')).metadata.uid,
  controller: true,
};

const WARNINGS: Readonly<Record<string, SetManifest>> = {
  ZK201: setNamed('ZK201', { 'storge-class': 'zonekeeper-zrs' }),
  ZK202: setNamed('ZK202', { 'storage-class': 'nowhere' }),
  ZK203: setNamed('ZK203', { 'storage-class': 'local' }),
  ZK204: setNamed('ZK204', { 'storage-class': 'refused' }),
  ZK205: setNamed('ZK205', {}, claim({ accessModes: ['ReadWriteMany'] })),
  ZK206: setNamed('ZK206', { 'storage-class': 'shared' }),
  ZK207: setNamed('ZK207', {}),
  ZK208: setNamed('ZK208', { 'scheduler-name': 'absent' }),
  ZK209: setNamed('ZK209', { 'scheduler-name': 'asleep' }),
  ZK210: setNamed('ZK210', {}, pod({ nodeSelector: { 'topology.kubernetes.io/zone': 'we-1' } })),
  ZK211: setNamed('ZK211', { 'proximity-placement-group': 'near' }),
  ZK212: setNamed('ZK212', { 'scheduler-name': 'alive' }, pod({ schedulerName: 'own' })),
  ZK213: setNamed(
    'ZK213',
    { 'storage-class': 'shared' },
    claim({ storageClassName: 'zonekeeper-zrs' }),
  ),
  ZK214: setNamed(
    'ZK214',
    { 'fast-failover': '30s' },
    pod({ tolerations: [{ operator: 'Exists' }] }),
  ),
  // Without a claim, which a group of its own would bind to one zone: that has a warning of its own.
  ZK215: setNamed('ZK215', { 'proximity-placement-group': 'b' }, (set) => {
    pod({ affinity })(set);
    Object.assign(set.spec, { volumeClaimTemplates: [] });
  }),
  ZK220: setNamed('ZK220', {}, ({ metadata }) =>
    Object.assign(metadata, { ownerReferences: [owner] }),
  ),
};

t.test('a set that lacks nothing is stored without a warning', async (t) => {
  const outcome = await sets.apply(setNamed('fine', { 'scheduler-name': 'alive' }));
  accepted(t, outcome, 'apply');
  t.equal(outcome.stderr, '');
});

for (const [code, manifest] of Object.entries(WARNINGS)) {
  t.test(`kubectl apply shows ${code}, and the set is stored`, async (t) => {
    const outcome = await sets.apply(manifest);
    accepted(t, outcome, code);
    t.strictSame([...new Set(warned(outcome))], [code], outcome.stderr);
    await sets.get(manifest.metadata.name);
  });
}

t.test('everything that is wrong is refused in one message, each on its own line', async (t) => {
  const asked = {
    'storge-class': 'a',
    profile: 'nobody',
    'fast-failover': 'soon',
    containers: 'a,a',
  };
  const { code, stderr } = await sets.apply(setNamed('wrong', asked));
  t.equal(code, 1);
  t.match(stderr, 'admission webhook "statefulsets.zonekeeper.io" denied the request');
  const lines = stderr.split('\n').filter((line) => line.startsWith('ZK'));
  t.strictSame(lines.map((line) => line.slice(0, 5)).toSorted(), [
    'ZK102',
    'ZK103',
    'ZK105',
    'ZK201',
    'ZK225',
  ]);
  t.match(stderr, /^ZK102 .*"nobody".*"azuredisk-v2", "bounded", "default", "leaving"/m);
  t.match(stderr, /^ZK103 .*fast-failover is "soon".* from 5s to 300s/m);
  t.match(stderr, /^ZK201 .*storge-class is unknown.*zonekeeper\.io\/storage-class/m);
  t.equal((await sets.kubectl(['get', 'sts', 'wrong'])).code, 1, 'nothing is stored');
});

const mount = { name: 'own', mountPath: '/mnt/secrets-store' };
const mounted = { containers: [{ name: 'db', image: 'db:1', volumeMounts: [mount] }] };
const volumes = [{ name: 'own', emptyDir: {} }];
const secrets = { 'secret-provider-class': 'vault' };

const DENIALS: Readonly<Record<string, SetManifest>> = {
  ZK101: setNamed('ZK101', { inject: 'yes' }),
  ZK104: setNamed('ZK104', { profile: 'bounded', 'storage-class': 'shared' }),
  ZK106: setNamed('ZK106', { ...secrets, containers: 'dv' }),
  ZK108: setNamed(
    'ZK108',
    secrets,
    pod({ volumes: [{ name: 'zonekeeper-secrets', emptyDir: {} }] }),
  ),
  ZK109: setNamed('ZK109', secrets, pod({ ...mounted, volumes })),
  ZK147: setNamed(
    'ZK147',
    {},
    pod({ volumes: [{ name: 'kv', flexVolume: flexVolume({ usepodidentity: 'true' }) }] }),
  ),
};

for (const [code, manifest] of Object.entries(DENIALS)) {
  t.test(`kubectl apply is refused with ${code}`, async (t) => {
    const { code: exit, stderr } = await sets.apply(manifest);
    t.equal(exit, 1);
    t.match(stderr, new RegExp(`denied the request: 1 problem in StatefulSet shop/.*\n${code} `));
    t.equal((await sets.kubectl(['get', 'sts', manifest.metadata.name])).code, 1);
  });
}

t.test('a set whose profile is taken away is accepted as it was, and told', async (t) => {
  const leaving = setNamed('leaving', { profile: 'leaving' });
  accepted(t, await sets.apply(leaving), 'while the profile is there');
  const before = await sets.footprint('leaving');
  await zonekeeper.restartWith({});
  for (const outcome of [
    await sets.apply(leaving),
    await sets.apply(leaving, '--server-side', '--force-conflicts'),
    await sets.replace(leaving),
  ]) {
    accepted(t, outcome, 'the same manifest');
    t.strictSame(warned(outcome), ['ZK219']);
    t.strictSame(await sets.footprint('leaving'), before);
  }
  const restarted = await sets.kubectl(['rollout', 'restart', 'sts', 'leaving']);
  accepted(t, restarted, 'a change of the template');
  const { spec } = (await sets.get('leaving')).spec.template;
  t.equal(spec.schedulerName, 'alive', 'what was injected stays');
});
