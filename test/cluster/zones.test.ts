import t from 'tap';
import type { ApiObject } from './api.ts';
import { startKubelets } from './kubelets.ts';
import { createNodes, type Node, ZONE_LABEL } from './nodes.ts';
import { startProvisioner } from './provisioner.ts';
import { storageClass } from './support/cluster-objects.ts';
import { mysql, OPTED_IN, smallSet } from './support/manifests.ts';
import { accepted, Sets, warned } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

type Pod = ApiObject & {
  spec: { nodeName?: string };
  status: { phase: string; conditions?: { type: string; status: string; message?: string }[] };
};
type Claim = ApiObject & {
  spec: { storageClassName: string; volumeName: string };
  status: { phase: string };
};

const ZONES = ['westeurope-1', 'westeurope-2', 'westeurope-3'];

const cluster = await startCluster(t);
await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');

await createNodes(cluster.api, ZONES);
const provisioner = startProvisioner(cluster.api);
t.teardown(() => provisioner.stop());
const kubelets = startKubelets(cluster.api);
t.teardown(() => kubelets.stop());

const pods = () => cluster.api.list<Pod>('/api/v1/namespaces/shop/pods');
const claims = () => cluster.api.list<Claim>('/api/v1/namespaces/shop/persistentvolumeclaims');

async function zoneOf(pod: string): Promise<string | undefined> {
  const { spec } = await cluster.api.expect<Pod>('GET', `/api/v1/namespaces/shop/pods/${pod}`);
  const node = await cluster.api.expect<Node>('GET', `/api/v1/nodes/${spec.nodeName}`);
  return node.metadata.labels?.[ZONE_LABEL];
}

/** Nothing new is placed there, and what runs there goes. */
async function loseZone(zone: string | undefined, pod: string): Promise<void> {
  await cluster.kubectl(['cordon', `node-${zone}`]);
  await sets.kubectl(['delete', 'pod', pod, '--wait']);
}

t.test(
  'the pods of an annotated set are placed one a zone, each with a zone-redundant disk',
  async (t) => {
    const applied = await sets.apply(await mysql(OPTED_IN));
    accepted(t, applied, 'apply');
    t.strictSame(warned(applied), []);
    const args = ['rollout', 'status', 'statefulset/mysql', '--timeout=60s'];
    accepted(t, await sets.kubectl(args), 'rolled out');

    const names = (await pods()).map(({ metadata }) => metadata.name).toSorted();
    t.strictSame(names, ['mysql-0', 'mysql-1', 'mysql-2']);
    t.strictSame((await Promise.all(names.map(zoneOf))).toSorted(), ZONES);
    t.strictSame(
      (await claims()).map(({ spec, status }) => [spec.storageClassName, status.phase]),
      names.map(() => ['zonekeeper-zrs', 'Bound']),
    );
  },
);

t.test('a pod whose zone is lost starts in another one, with its disk', async (t) => {
  const zone = await zoneOf('mysql-0');
  const before = await claims();
  await loseZone(zone, 'mysql-0');
  await until('it runs again', async () =>
    (await pods()).some(
      ({ metadata, status }) => metadata.name === 'mysql-0' && status.phase === 'Running',
    ),
  );
  t.not(await zoneOf('mysql-0'), zone);
  const volumes = (all: Claim[]) => all.map(({ spec }) => spec.volumeName);
  t.strictSame(volumes(await claims()), volumes(before));
  await cluster.kubectl(['uncordon', `node-${zone}`]);
});

t.test('with a class that is not zone-redundant it would wait for ever, as was said', async (t) => {
  const local = storageClass('local', { skuName: 'StandardSSD_LRS' });
  await cluster.kubectl(['create', '-f', '-'], { input: JSON.stringify(local) });
  const manifest = smallSet('local', { ...OPTED_IN, 'zonekeeper.io/storage-class': 'local' });
  const told = await until('the webhook knows the class', async () => {
    const codes = warned(await sets.apply(manifest, '--dry-run=server'));
    return !codes.includes('ZK202') && codes;
  });
  t.strictSame(told, ['ZK203']);
  accepted(t, await sets.apply(manifest), 'apply');
  await sets.kubectl(['rollout', 'status', 'sts/local', '--timeout=60s']);
  const zone = await zoneOf('local-0');
  await loseZone(zone, 'local-0');
  const message = await until('it cannot be placed', async () => {
    const pod = (await pods()).find(({ metadata }) => metadata.name === 'local-0');
    return pod?.status.conditions?.find(
      ({ type, status }) => type === 'PodScheduled' && status === 'False',
    )?.message;
  });
  t.match(message, /didn't match PersistentVolume's node affinity|volume node affinity conflict/);
});
