import { randomBytes } from 'node:crypto';
import t from 'tap';
import type { Status } from '../../../sidecar/status/status.ts';
import { until } from '../until.ts';
import { ASKING, application, LISTENING, printing, VAULT } from './applications.ts';
import { nodesSaid, objectsSaid, type Said, sidecarSaid, webhookSaid, whoSays } from './canary.ts';
import { installZonekeeper, untilSettled } from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import { PodView, type RunningPod, statusOf } from './pods.ts';
import { SecretsStore } from './secrets-store.ts';
import { memory, SUDDEN_ENDS } from './sudden-ends.ts';

const SIDECAR = 'zonekeeper-sidecar';
const FILE = '/run/zonekeeper/app.env';
/** What the application does before it ends. */
const ENDING = 'touch /tmp/ending; until [ -e /tmp/end ]; do sleep 1; done';
const SOURCED = '. "$ZONEKEEPER_ENV_FILE"';

const cluster = await NodeCluster.start();
t.teardown(() => cluster.stop());
const { controlPlane } = cluster;
const { api } = controlPlane;
const store = await SecretsStore.install(cluster);
await installZonekeeper(cluster);
await untilSettled(api);
const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
await api.expect('POST', '/api/v1/namespaces', { body: { metadata: { name: 'shop', labels } } });

/** What every value holds, and nobody but the applications may say. */
const CANARY = `canary${randomBytes(12).toString('hex')}`;
let values = 0;

/** Puts a new value into the vault; what a shell would read otherwise if it was not quoted comes first. */
async function rotate(secret: string, prefix = ''): Promise<string> {
  values += 1;
  const value = `${prefix}${CANARY}-${values}`;
  await store.write(VAULT, secret, value);
  return value;
}

async function create(body: object): Promise<void> {
  const path = '/apis/apps/v1/namespaces/shop/statefulsets';
  const { status, warnings } = await api.request('POST', path, { body });
  t.strictSame({ status, warnings }, { status: 201, warnings: [] });
}

const started = ({ status }: RunningPod, container: string): string =>
  statusOf({ status } as RunningPod, container).state.running?.startedAt ?? '';

const db = new PodView(controlPlane, 'shop', 'db-0');
const web = new PodView(controlPlane, 'shop', 'web-0');

/** Resolves when the application can read it. */
async function delivered(value: string): Promise<void> {
  await store.publish(db.path);
  const read = `${SOURCED}; printf %s "$PASSWORD"`;
  await until('the new value', async () => (await db.exec('app', 'sh', '-c', read)) === value);
}

t.test('variables are there before the first instruction of every container', async (t) => {
  const value = await rotate('password', `'"\`$(id)\\ `);
  await create(
    application({
      name: 'db',
      annotations: {
        ...ASKING,
        'zonekeeper.io/secrets': 'password',
        'zonekeeper.io/on-rotation': 'http=http://127.0.0.1:8080/cgi-bin/rotated',
      },
      initContainers: { prepare: `${SOURCED}; printf 'prepared with %s\\n' "$PASSWORD"` },
      containers: {
        app: printing(SOURCED, 'PASSWORD', ENDING),
        listener: LISTENING,
      },
      securityContext: { fsGroup: 2000 },
    }),
  );
  const pod = await db.ready();
  t.strictSame(
    pod.spec.initContainers?.map(({ name }) => name),
    [SIDECAR, 'prepare'],
  );
  t.ok(started(pod, SIDECAR) <= started(pod, 'app'));
  t.ok((await db.log('prepare')).includes(`prepared with ${value}\n`), 'init container');
  t.ok((await db.log('app')).includes(`started with ${value}\n`), 'application');
  t.comment(`sidecar: ${await memory(db, SIDECAR)}`);
});

t.test('files have the modes that are promised, and only the sidecar writes them', async (t) => {
  const modes = await db.exec('app', 'stat', '-c', '%a %u %g', FILE, '/run/zonekeeper/status.json');
  t.equal(modes, '440 1000 2000\n444 1000 2000\n');
  await t.rejects(db.exec('app', 'touch', '/run/zonekeeper/other'), /Read-only file system/);
  await t.rejects(db.exec('app', 'rm', '-f', FILE), /Read-only file system/);
});

t.test('a rotation reaches the file and the application is told', async (t) => {
  await delivered(await rotate('password'));
  const log = await db.logged('listener', /"event":"rotation".*\n/);
  const [line = ''] = /^\{.*\}$/m.exec(log) ?? [];
  t.match(JSON.parse(line), {
    event: 'rotation',
    mounts: [{ path: '/mnt/secrets-store' }],
    environmentFile: FILE,
  });
  const { rotation } = await db.answer<Status>(9809, '/status');
  t.match(rotation, { action: 'http', count: 1, outcome: 'done' });
});

for (const { title, end, reason } of SUDDEN_ENDS) {
  t.test(`a sidecar that is ${title} restarts no application, and recovers`, async (t) => {
    const before = await db.ready();
    const restarts = statusOf(before, SIDECAR).restartCount;
    const content = await db.exec('app', 'cat', FILE);
    await end(db, SIDECAR);
    const after = await db.until('with a new sidecar', (pod) => {
      const { restartCount, ready } = statusOf(pod, SIDECAR);
      return restartCount > restarts && ready;
    });
    t.match(statusOf(after, SIDECAR).lastState.terminated, { exitCode: 137, reason });
    for (const name of ['app', 'listener']) {
      t.equal(statusOf(after, name).restartCount, 0, name);
      t.equal(statusOf(after, name).containerID, statusOf(before, name).containerID);
    }
    t.ok((await db.exec('app', 'cat', FILE)) === content, 'the file is as it was');
    await delivered(await rotate('password'));
  });
}

t.test('variables that the kubelet sets follow a rotation at the restart', async (t) => {
  const value = await rotate('token');
  await create(
    application({
      name: 'web',
      annotations: {
        ...ASKING,
        'zonekeeper.io/secrets': 'token',
        'zonekeeper.io/env-delivery': 'kubernetes',
        'zonekeeper.io/env': 'API_TOKEN=token',
      },
      containers: { app: printing(':', 'API_TOKEN') },
    }),
  );
  await web.ready();
  t.ok((await web.log('app')).includes(`started with ${value}\n`));
  const next = await rotate('token');
  await store.publish(web.path);
  await until('the rotation', async () => {
    const { rotation } = await web.answer<Status>(9809, '/status');
    return rotation.count === 1;
  });
  // The command may end with its container.
  await web.exec('app', 'kill', '1').catch(() => {});
  await web.until('with its application started again', (pod) => {
    const { restartCount, ready } = statusOf(pod, 'app');
    return restartCount === 1 && ready;
  });
  t.ok((await web.log('app')).includes(`started with ${next}\n`));
});

t.test('no value is in any object, log, status or metric', async (t) => {
  const said: Said = {
    ...(await objectsSaid(api)),
    ...(await webhookSaid(cluster)),
    ...(await sidecarSaid(db, true)),
    ...(await sidecarSaid(web, false)),
    ...(await nodesSaid(cluster)),
    listener: await db.log('listener'),
  };
  t.strictSame(whoSays(said, CANARY), []);
  t.strictSame(whoSays({ app: await db.log('app') }, CANARY), ['app'], 'who may is heard');
});

t.test('a Pod ends as soon as its application does, and the sidecar after it', async (t) => {
  const { metadata } = await db.ready();
  await api.expect('DELETE', db.path);
  await until('the end begins', () => succeeds(db.exec('app', 'test', '-e', '/tmp/ending')));
  const answer = await db.exec('app', 'wget', '-q', '-O', '-', 'http://127.0.0.1:9809/readyz');
  t.match(answer, '"ready": true', 'the sidecar is there as long as the application');
  await db.exec('app', 'touch', '/tmp/end');
  const ended = Date.now();
  await db.until('replaced', (pod) => pod.metadata.uid !== metadata.uid);
  t.comment(`gone ${((Date.now() - ended) / 1000).toFixed(1)} s after its application`);
});

function succeeds(done: Promise<unknown>): Promise<boolean> {
  return done.then(
    () => true,
    () => false,
  );
}
