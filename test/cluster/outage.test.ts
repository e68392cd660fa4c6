import t, { type Test } from 'tap';
import { OPTED_IN, type SetManifest, smallSet, withPodSpec } from './support/manifests.ts';
import { accepted, markerOf, Sets, warned } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');

const SCHEDULER = 'csi-azuredisk-scheduler-extender';
const ANNOTATIONS = { ...OPTED_IN, 'zonekeeper.io/profile': 'azuredisk-v2' };
const REFUSAL = /failed calling webhook "statefulsets\.zonekeeper\.io"/;

/** The whole life of a set that is none of zonekeeper's business. */
async function livesAlone(t: Test): Promise<void> {
  const plain = smallSet('plain', { 'zonekeeper.io/profile': 'default' });
  const changed = withPodSpec(plain, { terminationGracePeriodSeconds: 5 });
  for (const [what, run] of Object.entries({
    create: () => sets.create(plain),
    apply: () => sets.apply(changed),
    'server-side apply': () => sets.apply(changed, '--server-side', '--force-conflicts'),
    replace: () => sets.replace(plain),
    scale: () => sets.kubectl(['scale', 'sts', 'plain', '--replicas=2']),
    annotate: () => sets.annotate('plain', 'example.test/zonekeeper.io=inject'),
    restart: () => sets.kubectl(['rollout', 'restart', 'sts', 'plain']),
    delete: () => sets.kubectl(['delete', 'sts', 'plain']),
  })) {
    const outcome = await run();
    accepted(t, outcome, what);
    t.strictSame(warned(outcome), [], what);
  }
}

/** Calls as the API server counts them, those that nobody answered too. */
async function callsMade(): Promise<number> {
  const { body } = await cluster.api.request<string>('GET', '/metrics');
  return body
    .split('\n')
    .filter((line) => line.startsWith('apiserver_admission_webhook_request_total{'))
    .filter((line) => line.includes('name="statefulsets.zonekeeper.io"'))
    .reduce((sum, line) => sum + Number(/\S+$/.exec(line)?.[0]), 0);
}

function statusOf(name: string, body: object) {
  const path = `/apis/apps/v1/namespaces/shop/statefulsets/${name}/status`;
  return cluster.api.request('PATCH', path, { body });
}

t.test('sets without the annotation never reach the webhook', async (t) => {
  const before = [await zonekeeper.webhook.calls(), await callsMade()];
  await livesAlone(t);
  t.strictSame([await zonekeeper.webhook.calls(), await callsMade()], before);
});

t.test(
  'of an annotated set, neither scale nor status nor deletion reaches the webhook',
  async (t) => {
    accepted(t, await sets.create(smallSet('quiet', ANNOTATIONS)), 'create');
    await sets.get('quiet');
    const before = [await zonekeeper.webhook.calls(), await callsMade()];
    accepted(t, await sets.kubectl(['scale', 'sts', 'quiet', '--replicas=3']), 'scale');
    t.equal((await statusOf('quiet', { status: { readyReplicas: 0 } })).status, 200);
    accepted(t, await sets.kubectl(['delete', 'sts', 'quiet']), 'delete');
    t.strictSame([await zonekeeper.webhook.calls(), await callsMade()], before);
  },
);

t.test('the webhook goes down, with annotated sets in place', async (t) => {
  const kept = smallSet('kept', ANNOTATIONS);
  accepted(t, await sets.apply(kept), 'one that stays');
  const held: SetManifest = smallSet('held', ANNOTATIONS);
  held.metadata.finalizers = ['example.test/hold'];
  accepted(t, await sets.apply(held), 'one with a finalizer');
  await zonekeeper.webhook.stop();
});

t.test('while it is down, sets without the annotation live as ever', livesAlone);

t.test(
  'while it is down, annotated sets are refused rather than stored without zones',
  async (t) => {
    for (const outcome of [
      await sets.create(smallSet('late', ANNOTATIONS)),
      await sets.apply(smallSet('kept', { ...ANNOTATIONS, more: 'true' })),
      await sets.annotate('kept', 'zonekeeper.io/inject-'),
    ]) {
      t.equal(outcome.code, 1);
      t.match(outcome.stderr, REFUSAL);
    }
    t.equal((await sets.kubectl(['get', 'sts', 'late'])).code, 1, 'nothing was stored');
  },
);

t.test('while it is down, annotated sets can be scaled and report their status', async (t) => {
  accepted(t, await sets.kubectl(['scale', 'sts', 'kept', '--replicas=2']), 'scale');
  t.equal((await sets.get('kept')).spec.replicas, 2, 'and its controller says that it has seen it');
  t.equal((await statusOf('kept', { status: { collisionCount: 1 } })).status, 200);
});

t.test('while it is down, annotated sets can be deleted, finalizers and all', async (t) => {
  accepted(t, await sets.kubectl(['delete', 'sts', 'held', '--wait=false']), 'delete');
  const change = '--patch={"metadata":{"finalizers":null}}';
  accepted(t, await sets.kubectl(['patch', 'sts', 'held', '--type=merge', change]), 'finalizer');
  t.equal((await sets.kubectl(['get', 'sts', 'held'])).code, 1, 'it is gone');
});

t.test('while it is down, the namespaces of cluster and platform are spared', async (t) => {
  const platform = await Sets.of(cluster, 'platform');
  for (const label of ['control-plane=true', 'kubernetes.azure.com/managedby=aks']) {
    const [key] = label.split('=');
    accepted(t, await platform.kubectl(['label', 'ns', 'platform', label]), label);
    accepted(t, await platform.create(smallSet('spared', ANNOTATIONS)), `with ${label}`);
    accepted(t, await platform.kubectl(['delete', 'sts', 'spared']), 'delete');
    accepted(t, await platform.kubectl(['label', 'ns', 'platform', `${key}-`]), `without ${label}`);
  }
  for (const namespace of ['kube-system', 'zk-system']) {
    const args = ['-n', namespace, 'create', '-f', '-', '--dry-run=server'];
    const input = JSON.stringify(smallSet('spared', ANNOTATIONS));
    accepted(t, await cluster.kubectl(args, { input }), namespace);
  }
});

t.test(
  'with failurePolicy Ignore, what was stored meanwhile is never restarted unasked',
  async (t) => {
    await zonekeeper.upgrade({ webhook: { failurePolicy: 'Ignore' } });
    const missed = smallSet('missed', ANNOTATIONS);
    // The API server learns of the policy a moment later.
    await until('it is stored', async () => (await sets.apply(missed)).code === 0);
    await zonekeeper.webhook.start();
    const before = await sets.footprint('missed');
    const again = await sets.apply(missed);
    t.strictSame(warned(again), ['ZK217']);
    t.strictSame(await sets.footprint('missed'), before);

    const restarted = await sets.kubectl(['rollout', 'restart', 'sts', 'missed']);
    t.strictSame(warned(restarted), ['ZK216', 'ZK208'], 'class too late, scheduler not there');
    const after = await sets.get('missed');
    t.equal(after.spec.template.spec.schedulerName, SCHEDULER);
    t.match(markerOf(after), { scheduler: { name: SCHEDULER }, claims: undefined });
    accepted(t, await sets.apply(missed), 'and once more');
    t.equal((await sets.get('missed')).metadata.generation, after.metadata.generation);
  },
);
