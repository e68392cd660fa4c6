import t from 'tap';
import type { Status } from '../../../sidecar/status/status.ts';
import { classesIn } from '../support/secrets-store.ts';
import { until } from '../until.ts';
import {
  type Application,
  ASKING,
  application,
  LISTENING,
  printing,
  secretClass,
  VAULT,
} from './applications.ts';
import { installZonekeeper, untilSettled } from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import {
  type Ended,
  PodView,
  podsGoneSince,
  podsVersion,
  type RunningPod,
  statusOf,
} from './pods.ts';
import { SecretsStore } from './secrets-store.ts';
import { freeze } from './sudden-ends.ts';

const SIDECAR = 'zonekeeper-sidecar';
const MOUNT = '/mnt/secrets-store';
const SOURCED = '. "$ZONEKEEPER_ENV_FILE"';

const cluster = await NodeCluster.start({ zones: ['westeurope-1', 'westeurope-2'] });
const [drained = '', other = ''] = cluster.nodes.map(({ name }) => name);
t.teardown(() => cluster.stop());
const { controlPlane } = cluster;
const { api } = controlPlane;
const store = await SecretsStore.install(cluster);
await installZonekeeper(cluster);
await untilSettled(api);
await api.expect('POST', '/api/v1/namespaces', { body: { metadata: { name: 'shop' } } });
await store.write(VAULT, 'password', 'at first');
await store.write(VAULT, 'token', 'at first');
// First of all, because what has only just started is not at rest.
const toDrain = await createForDrain();

async function create(given: Application): Promise<PodView> {
  const body = application(given);
  await api.expect('POST', '/apis/apps/v1/namespaces/shop/statefulsets', { body });
  return new PodView(controlPlane, 'shop', `${given.name}-0`);
}

async function kubectl(...args: string[]): Promise<void> {
  const { code, stderr } = await controlPlane.kubectl(args, { timeout: 180_000 });
  if (code !== 0) throw new Error(stderr);
}

t.test('a rotation restarts all containers in place, once, and nothing else does', async (t) => {
  const annotations = {
    ...ASKING,
    'zonekeeper.io/secrets': 'token',
    'zonekeeper.io/on-rotation': 'restart',
  };
  const pod = await create({
    name: 'restarted',
    annotations,
    initContainers: { prepare: `${SOURCED}; printf 'prepared with %s\\n' "$TOKEN"` },
    containers: { app: printing(SOURCED, 'TOKEN') },
  });
  const { metadata } = await pod.ready();
  await store.publish(pod.path);
  for (const rotations of [1, 2]) {
    const value = `value ${rotations}`;
    await store.write(VAULT, 'token', value);
    await store.publish(pod.path);
    const restarted = await pod.until('restarted', (now) => {
      const { restartCount, ready } = statusOf(now, 'app');
      return restartCount >= rotations && ready;
    });
    t.equal(restarted.metadata.uid, metadata.uid, 'the same Pod');
    for (const name of [SIDECAR, 'app']) {
      const { restartCount, lastState } = statusOf(restarted, name);
      t.equal(restartCount, rotations, name);
      t.match(lastState.terminated, { reason: 'RestartingAllContainers' });
    }
    t.ok((await pod.log('prepare')).includes(`prepared with ${value}\n`), 'init container');
    t.ok((await pod.log('app')).includes(`started with ${value}\n`), 'application');
    const file = await pod.exec('app', 'cat', '/run/zonekeeper/status.json');
    const { rotation, mounts } = JSON.parse(file) as Status;
    const generations = { [MOUNT]: mounts[0]?.generation };
    t.match(rotation, { action: 'restart', outcome: 'restarted', lastAt: /Z$/, generations });
  }
});

t.test('a rotation that comes while the sidecar is down is followed, once', async (t) => {
  const annotations = {
    ...ASKING,
    'zonekeeper.io/secrets': 'password',
    'zonekeeper.io/on-rotation': 'http=http://127.0.0.1:8080/cgi-bin/rotated',
  };
  const containers = { app: printing(SOURCED, 'PASSWORD'), listener: LISTENING };
  const pod = await create({ name: 'told', annotations, containers });
  await pod.ready();
  const inFile = () => pod.exec('app', 'sh', '-c', `${SOURCED}; printf %s "$PASSWORD"`);

  const kill = await freeze(pod, SIDECAR);
  await store.write(VAULT, 'password', 'meanwhile');
  await store.publish(pod.path);
  const mounted = () => pod.exec('app', 'cat', `${MOUNT}/password`);
  await until('the mount has it', async () => (await mounted()) === 'meanwhile');
  t.equal(await inFile(), 'at first');
  kill();
  await pod.until('with a new sidecar', (now) => {
    const { restartCount, ready } = statusOf(now, SIDECAR);
    return restartCount === 1 && ready;
  });
  const first = await followed(pod, 1);
  t.equal(await inFile(), 'meanwhile');
  t.strictSame(await told(pod), [first]);

  await store.write(VAULT, 'password', 'afterwards');
  await store.publish(pod.path);
  const second = await followed(pod, 2);
  t.equal(await inFile(), 'afterwards');
  t.strictSame(await told(pod), [first, second]);
});

/** Resolves with the generation that is in the mount when the application has heard of so many rotations. */
async function followed(pod: PodView, rotations: number): Promise<string | undefined> {
  const status = await until('the application is told', async () => {
    const now = await pod.answer<Status>(9809, '/status');
    return now.rotation.count === rotations && now.rotation.outcome === 'done' && now;
  });
  return status.mounts[0]?.generation;
}

/** The generations that the listener heard of. */
async function told(pod: PodView): Promise<(string | undefined)[]> {
  const bodies = (await pod.log('listener')).matchAll(/^\{"event":"rotation".*\}$/gm);
  return [...bodies].map(([body]) => JSON.parse(body).mounts[0].generation);
}

t.test('a drain ends a Pod with a sidecar as soon as one without', async (t) => {
  const { without, injected, waiting } = toDrain;
  const before = [
    await without.ready(),
    await injected.ready(),
    await waiting.until('with a sidecar', ({ status }) =>
      Boolean(status.initContainerStatuses?.[0]?.state.running),
    ),
  ];
  for (const { spec } of before) t.equal(spec.nodeName, drained);
  const refusal = /local storage.*--delete-emptydir-data.*shop\/injected-0/s;
  await t.rejects(kubectl('drain', drained), refusal, 'kubectl takes its file for data');

  const version = await podsVersion(controlPlane, 'shop');
  const begun = Date.now();
  const replaced = Object.entries(toDrain).map(async ([name, pod], index) => {
    await pod.until('replaced', ({ metadata }) => metadata.uid !== before[index]?.metadata.uid);
    t.comment(`${name}: gone after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  });
  // Much less than the grace period of the Pods.
  await kubectl('drain', drained, '--delete-emptydir-data', '--timeout=120s');
  await Promise.all(replaced);
  const gone = await podsGoneSince(controlPlane, 'shop', version);
  t.equal(endOf(gone.get('without-0'), 'app').exitCode, 0);
  const [app, sidecar] = ['app', SIDECAR].map((name) => endOf(gone.get('injected-0'), name));
  t.match([app, sidecar], [{ exitCode: 0 }, { exitCode: 0 }], 'nobody is killed');
  t.ok((app?.finishedAt ?? '') <= (sidecar?.finishedAt ?? ''), 'the sidecar ends after it');
  t.equal(endOf(gone.get('waiting-0'), SIDECAR).exitCode, 0);
  t.equal((await injected.ready()).spec.nodeName, other);
});

/** One without a sidecar, one with it, and one whose sidecar waits for a secret that is not there; all on the same node. */
async function createForDrain() {
  await kubectl('cordon', other);
  const containers = { app: printing(':', 'HOSTNAME') };
  const asking = { ...ASKING, 'zonekeeper.io/secrets': 'password' };
  const bare = { ...asking, 'zonekeeper.io/sidecar': 'false' };
  const lacking = {
    'zonekeeper.io/secret-provider-class': 'some',
    'zonekeeper.io/env': 'ABSENT=absent',
  };
  const pods = {
    without: await create({ name: 'without', annotations: bare, containers }),
    injected: await create({ name: 'injected', annotations: asking, containers }),
    waiting: await create({ name: 'waiting', annotations: lacking, containers }),
  };
  // Later, because a set is refused that asks for what a class does not have.
  await api.expect('POST', classesIn('shop'), { body: secretClass('some', ['password']) });
  const isPlaced = ({ spec }: RunningPod) => spec.nodeName !== undefined;
  for (const pod of Object.values(pods)) await pod.until('placed', isPlaced);
  await kubectl('uncordon', other);
  return pods;
}

function endOf(pod: RunningPod | undefined, container: string): Ended {
  const ended = pod && statusOf(pod, container).state.terminated;
  if (!ended) throw new Error(`${container} has not ended`);
  return ended;
}
