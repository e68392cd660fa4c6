import t, { type Test } from 'tap';
import { annotated, OPTED_IN, type SetManifest, smallSet } from './support/manifests.ts';
import { SecondWebhook } from './support/second-webhook.ts';
import { accepted, markerOf, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);

const SCHEDULER = 'csi-azuredisk-scheduler-extender';
const SECRETS = { name: 'zonekeeper-secrets', readOnly: true, mountPath: '/mnt/secrets-store' };
const ENV = { name: 'zonekeeper-env', readOnly: true, mountPath: '/run/zonekeeper' };
const PROXY = { name: 'proxy', image: 'example.test/proxy:1' };
const SPOT = { key: 'spot', operator: 'Exists' };
const SCRATCH = { name: 'scratch', mountPath: '/scratch' };

const bare = smallSet('db');
bare.spec.template.spec.tolerations = [{ key: 'db', operator: 'Exists' }];
const manifest = annotated(bare, {
  ...OPTED_IN,
  'zonekeeper.io/profile': 'azuredisk-v2',
  'zonekeeper.io/secret-provider-class': 'vault',
  'zonekeeper.io/fast-failover': '30s',
  'zonekeeper.io/proximity-placement-group': 'near',
});

/** A container, a volume with its mounts, a toleration and annotations; each once, whoever ran before. */
function editEverything({ metadata, spec }: SetManifest): void {
  const { spec: pod, metadata: template } = spec.template;
  metadata.annotations = { ...metadata.annotations, 'example.test/seen': 'true' };
  template.annotations = { ...(template.annotations as object), 'example.test/proxy': '1' };
  if (!pod.containers.some(({ name }) => name === 'proxy')) pod.containers.push({ ...PROXY });
  if (!pod.volumes?.some(({ name }) => name === 'scratch')) {
    pod.volumes = [...(pod.volumes ?? []), { name: 'scratch', emptyDir: {} }];
  }
  for (const container of pod.containers) {
    const mounts = container.volumeMounts ?? [];
    if (!mounts.some(({ name }) => name === 'scratch'))
      container.volumeMounts = [...mounts, SCRATCH];
  }
  if (!pod.tolerations?.some(({ key }) => key === 'spot')) {
    pod.tolerations = [...(pod.tolerations ?? []), SPOT];
  }
}

function holdsBoth(t: Test, { spec, ...stored }: SetManifest): void {
  const { spec: pod } = spec.template;
  t.strictSame(
    pod.containers.map(({ name }) => name),
    ['db', 'proxy'],
  );
  for (const { name, volumeMounts = [] } of pod.containers) {
    t.strictSame(new Set(volumeMounts), new Set([SCRATCH, SECRETS, ENV]), `mounts of ${name}`);
  }
  t.equal(pod.initContainers?.[0]?.name, 'zonekeeper-sidecar');
  t.strictSame(pod.volumes?.map(({ name }) => name).toSorted(), [
    'scratch',
    'zonekeeper-env',
    'zonekeeper-secrets',
  ]);
  t.equal(pod.schedulerName, SCHEDULER);
  t.strictSame(pod.tolerations?.map(({ key }) => key).toSorted(), [
    'db',
    'node.kubernetes.io/not-ready',
    'node.kubernetes.io/unreachable',
    'spot',
  ]);
  t.match(pod.affinity, { nodeAffinity: {} });
  const marker = markerOf({ spec, ...stored });
  t.match(marker, { scheduler: {}, secrets: {}, failover: {}, placement: {} });
}

async function staysTheSame(t: Test, sets: Sets): Promise<void> {
  const before = await sets.footprint('db');
  for (const [what, write] of Object.entries({
    'client-side apply': () => sets.apply(manifest),
    'server-side apply': () => sets.apply(manifest, '--server-side', '--force-conflicts'),
    replace: () => sets.replace(manifest),
    'client-side apply at last': () => sets.apply(manifest),
  })) {
    accepted(t, await write(), what);
    t.strictSame(await sets.footprint('db'), before, `${what} changes nothing`);
  }
}

for (const [order, name] of [
  ['after', 'zzz-other'],
  ['before', 'aaa-other'],
] as const) {
  t.test(`with a webhook that edits the template ${order} ours`, async (t) => {
    await using other = await SecondWebhook.install(cluster, name);
    other.edit = editEverything;
    const sets = await Sets.of(cluster, order);

    await t.test('a set is stored with what both put in', async (t) => {
      const before = await zonekeeper.webhook.calls();
      accepted(t, await sets.apply(manifest), 'apply');
      holdsBoth(t, await sets.get('db'));
      const calls = (await zonekeeper.webhook.calls()) - before;
      t.equal(calls, order === 'after' ? 2 : 1, 'called again if the other one changed it');
    });

    await t.test('the same manifest changes nothing', (t) => staysTheSame(t, sets));

    await t.test('nor does it after the defaults have changed', async (t) => {
      await zonekeeper.reloadWith({ 'azuredisk-v2': { schedulerName: `later-${order}` } });
      await staysTheSame(t, sets);
      await zonekeeper.reloadWith({});
    });

    await t.test('an opt-out leaves what the other one put in', async (t) => {
      accepted(t, await sets.apply(bare), 'apply');
      const { spec: pod } = (await sets.get('db')).spec.template;
      t.strictSame(
        pod.containers.map(({ name }) => name),
        ['db', 'proxy'],
      );
      t.strictSame(
        pod.containers.map(({ volumeMounts }) => volumeMounts),
        [[SCRATCH], [SCRATCH]],
      );
      t.strictSame(
        pod.tolerations?.map(({ key }) => key),
        ['db', 'spot'],
      );
      t.strictSame([pod.schedulerName, pod.affinity], ['default-scheduler', undefined]);
      accepted(t, await sets.apply(manifest), 'and in again');
      holdsBoth(t, await sets.get('db'));
    });
  });
}
