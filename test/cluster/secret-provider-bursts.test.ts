import t from 'tap';
import { connectKube } from '../../webhook/controllers/kube.ts';
import { providerClassController } from '../../webhook/controllers/provider-classes/provider-class-controller.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { realClock } from '../support/real-clock.ts';
import { RELEASE, RELEASE_NAMESPACE } from './support/installation.ts';
import { installSecretProviderClasses } from './support/secrets-store.ts';
import { classOf, VaultSets, vaultSet } from './support/vault-sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);

const LEASE = `/apis/coordination.k8s.io/v1/namespaces/${RELEASE_NAMESPACE}/leases/${RELEASE}-classes`;

type Lease = { spec: { holderIdentity?: string } };

const burst = Array.from({ length: 200 }, (_, index) =>
  vaultSet(`db-${index}`, 'password', { replicas: 0 }),
);

t.test('a cluster that gets the driver later gets the classes then', async (t) => {
  const sets = await VaultSets.of(cluster, 'early');
  const all = await Promise.all(['a', 'b'].map((name) => sets.create(vaultSet(name, 'password'))));
  const said = await until('what is missing is said', async () => {
    const lines = await zonekeeper.webhook.complaints();
    return lines.length > 0 && lines;
  });
  t.match(said, [{ level: 'error', msg: /^ZK603 / }]);
  await installSecretProviderClasses(cluster);
  // The kind is looked for every minute.
  await until('the classes', async () => (await sets.classes()).length === 2, 120_000);
  await sets.settled(...all.map(classOf));
});

t.test('of 200 sets in a burst each has its class', async (t) => {
  const sets = await VaultSets.of(cluster, 'burst');
  const began = Date.now();
  const classes = await sets.createAll(burst);
  const created = Date.now();
  await sets.settled(...classes);
  t.comment(`200 sets in ${created - began} ms, the last class ${Date.now() - created} ms later`);
  t.equal(new Set(classes).size, 200);
  t.strictSame(await sets.generations(), new Set([1]));
});

t.test('a second replica, and a restart in the middle of it, change nothing', async (t) => {
  const log = new MemoryLog();
  const lease = { namespace: RELEASE_NAMESPACE, name: `${RELEASE}-classes`, identity: 'second' };
  const kube = await connectKube({ kubeconfig: cluster.kubeconfig });
  const second = providerClassController(kube, lease, { clock: realClock, log });
  const end = new AbortController();
  const running = second.run(end.signal);
  const sets = await VaultSets.of(cluster, 'restarted');
  const creating = sets.createAll(burst);
  await until('the first classes', async () => (await sets.classes()).length > 20);
  t.equal(second.status().managed, 0, 'the webhook leads');
  await zonekeeper.webhook.restart();
  const classes = await creating;
  await sets.settled(...classes);
  t.equal(new Set(classes).size, 200);
  t.strictSame(await sets.generations(), new Set([1]));
  t.ok(second.status().managed > 200, 'it took over');
  end.abort();
  await running;
  t.strictSame(
    log.lines.filter(({ level }) => level !== 'info'),
    [],
  );
  await sets.delete('db-0');
  await until('what was left is kept by the webhook again', async () => {
    const held = await cluster.api.expect<Lease>('GET', LEASE);
    return !['', 'second'].includes(held.spec.holderIdentity ?? '');
  });
  await sets.settled(...classes.filter((name) => !/^zonekeeper-db-0-/.test(name)));
});

t.test('no conflict and no failure was logged', async (t) => {
  await zonekeeper.webhook.stop();
  const lines = await zonekeeper.webhook.complaints();
  t.match(lines, [{ msg: /^ZK603 / }]);
});
