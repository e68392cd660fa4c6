import t, { type Test } from 'tap';
import { providerClassController } from '../../../../webhook/controllers/provider-classes/provider-class-controller.ts';
import { FakeClassCluster } from '../../../support/fake-class-cluster.ts';
import { settled } from '../../../support/fake-kube.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { MemoryLog } from '../../../support/memory-log.ts';
import { vaultClass } from '../../../support/vault-set.ts';

const name = vaultClass('db', 'one').metadata.name;

/** Replicas of one cluster, each until it is stopped or its test ends. */
function start(test: Test) {
  const cluster = new FakeClassCluster();
  const clock = new ManualClock();
  const log = new MemoryLog();
  const replica = async (identity: string) => {
    const lease = { namespace: 'system', name: 'classes', identity };
    const surroundings = { clock, log, random: () => 0 };
    const controller = providerClassController(cluster.kube, lease, surroundings);
    const end = new AbortController();
    const running = controller.run(end.signal);
    const stop = () => {
      end.abort();
      return running;
    };
    test.teardown(stop);
    await settled();
    return { controller, stop };
  };
  const wait = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      clock.advance(1000);
      await settled();
    }
  };
  return { cluster, log, replica, wait };
}

const watched = ({ kube }: FakeClassCluster) =>
  kube.watches.filter(({ path }) => path.endsWith('/statefulsets')).length;

t.test('one of two replicas works, and the other does not even watch', async (t) => {
  const { cluster, replica, wait } = start(t);
  const one = await replica('one');
  const two = await replica('two');
  cluster.putSet('db', 'one');
  await wait(30);
  t.strictSame(cluster.writes, [`POST ${name}`]);
  t.equal(watched(cluster), 1);
  t.match(one.controller.status(), { managed: 1, queued: 0 });
  t.ok(one.controller.status().succeededAt > 0);
  t.match(two.controller.status(), { managed: 0, queued: 0, succeededAt: 0 });
  t.strictSame(two.controller.status().errors, {
    clash: 0,
    refused: 0,
    'kind-missing': 0,
    failed: 0,
  });
});

t.test('another takes over, and what is in order is left alone', async (t) => {
  const { cluster, replica, wait } = start(t);
  const one = await replica('one');
  const two = await replica('two');
  cluster.putSet('db', 'one');
  await settled();
  await one.stop();
  t.equal(one.controller.status().managed, 0);
  await wait(3);
  t.equal(watched(cluster), 2);
  t.strictSame(cluster.writes, [`POST ${name}`]);
  cluster.removeClass(name);
  await settled();
  t.strictSame(cluster.writes, [`POST ${name}`, `POST ${name}`]);
  t.equal(two.controller.status().managed, 1);
});

t.test('a replica that could not renew its Lease writes nothing any more', async (t) => {
  const { cluster, log, replica, wait } = start(t);
  await replica('one');
  cluster.putSet('db', 'one');
  await settled();
  cluster.refuse = ({ path }) => {
    if (path.includes('/leases')) throw new Error('no answer');
  };
  await wait(12);
  cluster.removeClass(name);
  await wait(12);
  t.strictSame(cluster.writes, [`POST ${name}`]);
  cluster.refuse = () => {};
  await wait(12);
  t.ok(cluster.classes.has(name), 'it goes on when it leads again');
  t.notOk(log.text().includes('SecretProviderClasses of sets'), 'that is no failure of its work');
});

t.test('a replica that was frozen meanwhile does not write what it had begun', async (t) => {
  const { cluster, replica, wait } = start(t);
  await replica('one');
  let isFrozen = true;
  cluster.putClass(name, { provider: 'other' });
  cluster.refuse = ({ method, path }) => {
    if (path.includes('/leases')) throw new Error('no answer');
    if (method === 'GET' && isFrozen && path.endsWith(name)) isFrozen = false;
  };
  await wait(12);
  cluster.putSet('db', 'one');
  await wait(1);
  t.strictSame(cluster.writes, []);
});
