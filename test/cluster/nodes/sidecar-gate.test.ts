import t from 'tap';
import type { Status } from '../../../sidecar/status/status.ts';
import { classesIn } from '../support/secrets-store.ts';
import { until } from '../until.ts';
import { application, printing, secretClass, VAULT } from './applications.ts';
import { installZonekeeper, untilSettled } from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import { PodView, statusOf } from './pods.ts';
import { SecretsStore } from './secrets-store.ts';

const cluster = await NodeCluster.start({ zones: ['westeurope-1'] });
t.teardown(() => cluster.stop());
const { controlPlane } = cluster;
const { api } = controlPlane;
const store = await SecretsStore.install(cluster);
await installZonekeeper(cluster);
await untilSettled(api);

t.test('nothing starts before all that is expected is mounted, and then it does', async (t) => {
  await store.write(VAULT, 'password', 'one');
  await store.write(VAULT, 'token', 'two');
  const body = application({
    name: 'db',
    annotations: {
      'zonekeeper.io/secret-provider-class': 'late',
      'zonekeeper.io/env': 'PASSWORD=password, TOKEN=token',
    },
    containers: { app: printing('. "$ZONEKEEPER_ENV_FILE"', 'TOKEN') },
  });
  await api.expect('POST', '/apis/apps/v1/namespaces/default/statefulsets', { body });
  await api.expect('POST', classesIn('default'), { body: secretClass('late', ['password']) });
  const db = new PodView(controlPlane, 'default', 'db-0');
  const status = () => db.answer<Status>(9809, '/status');
  const held = await db.until('with a sidecar', (pod) =>
    Boolean(pod.status.initContainerStatuses?.[0]?.state.running),
  );
  t.equal(statusOf(held, 'app').state.running, undefined);
  const found = await until('a status', () => status().catch(() => undefined));
  t.match(found, { ready: false, state: 'missing', mounts: [{ missing: ['token'] }] });

  const { spec } = secretClass('late', ['password', 'token']) as { spec: object };
  await api.expect('PATCH', `${classesIn('default')}/late`, { body: { spec } });
  await until('the delivery', async () => {
    await store.publish(db.path);
    return (await status()).ready;
  });
  const started = await db.ready();
  t.equal(statusOf(started, 'zonekeeper-sidecar').restartCount, 0);
  t.ok((await db.log('app')).includes('started with two\n'));
});
