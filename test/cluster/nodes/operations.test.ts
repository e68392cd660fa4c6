import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { killInContainers } from './containers.ts';
import {
  installZonekeeper,
  RELEASE,
  RELEASE_NAMESPACE,
  untilSettled,
  webhookPods,
} from './installed.ts';
import { annotatedSet, dryRun, isInjected } from './load.ts';
import { NodeCluster } from './node-cluster.ts';
import { everyCallSucceeded, underLoad } from './under-load.ts';

const cluster = await NodeCluster.start();
t.teardown(() => cluster.stop());
const { controlPlane } = cluster;
const { api } = controlPlane;
await installZonekeeper(cluster);
await untilSettled(api);

/** Fails the test with kubectl's words if it does. */
async function kubectl(t: Test, ...args: string[]): Promise<void> {
  const { code, stderr } = await controlPlane.kubectl(args, { timeout: 180_000 });
  t.equal(code, 0, stderr || args.join(' '));
}

t.test('no call fails while the Deployment is restarted', async (t) => {
  const namespace = `--namespace=${RELEASE_NAMESPACE}`;
  const outcome = await underLoad(api, async () => {
    await kubectl(t, 'rollout', 'restart', `deployment/${RELEASE}`, namespace);
    const args = ['rollout', 'status', `deployment/${RELEASE}`, namespace, '--timeout=120s'];
    await kubectl(t, ...args);
  });
  everyCallSucceeded(t, outcome);
});

t.test('no call fails while each Pod is deleted', async (t) => {
  const outcome = await underLoad(api, async () => {
    for (const { metadata } of await untilSettled(api)) {
      await kubectl(t, 'delete', 'pod', metadata.name, `--namespace=${RELEASE_NAMESPACE}`);
      await untilSettled(api);
    }
  });
  everyCallSucceeded(t, outcome);
});

t.test('no call fails while a node is drained', async (t) => {
  const [pod] = await untilSettled(api);
  const node = pod?.spec.nodeName ?? '';
  const outcome = await underLoad(api, async () => {
    await kubectl(t, 'drain', node, '--timeout=120s');
    const left = (await webhookPods(api)).filter(({ spec }) => spec.nodeName === node);
    t.strictSame(left, []);
  });
  await kubectl(t, 'uncordon', node);
  everyCallSucceeded(t, outcome);
});

t.test('no call fails because the API server is restarted', async (t) => {
  const outcome = await underLoad(api, async () => {
    await controlPlane.restart('kube-apiserver');
  });
  const calls = outcome.failures.filter((failure) => !/shutting down/.test(failure));
  everyCallSucceeded(t, { ...outcome, failures: calls, unanswered: 0 });
});

t.test('after a minute of silence a burst meets no cut connection', async (t) => {
  await sleep(60_000);
  const burst = Array.from({ length: 100 }, (_, index) => dryRun(api, `burst-${index}`));
  t.ok((await Promise.all(burst)).every(isInjected));
});

t.test('while no Pod answers only annotated sets are refused, and they come back', async (t) => {
  const gone = await untilSettled(api);
  const deletions = gone.map(({ metadata: { name } }) =>
    api.expect('DELETE', `/api/v1/namespaces/${RELEASE_NAMESPACE}/pods/${name}`, {
      body: { gracePeriodSeconds: 0 },
    }),
  );
  await Promise.all(deletions);
  t.equal(await killInContainers('/app/webhook.mjs'), gone.length);
  const refused = await dryRun(api, 'refused');
  t.equal(refused.status, 500);
  t.match(refused.body, { message: /^Internal error occurred: failed calling webhook/ });

  const create = async (namespace: string, annotations: Record<string, string>) => {
    const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets?dryRun=All`;
    return api.request('POST', path, { body: annotatedSet('db', annotations) });
  };
  t.match(await create('default', {}), { status: 201 }, 'one without annotation');
  const excluded = await create('kube-system', { 'zonekeeper.io/inject': 'true' });
  t.match(excluded, { status: 201 }, 'one of an excluded namespace');

  const names = gone.map(({ metadata }) => metadata.name);
  const back = await untilSettled(api);
  t.notOk(back.some(({ metadata }) => names.includes(metadata.name)));
  t.ok(isInjected(await dryRun(api, 'again')));
});
