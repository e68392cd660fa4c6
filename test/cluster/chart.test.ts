import t, { type Test } from 'tap';
import { CHART_FOLDER } from '../support/chart.ts';
import type { ApiObject } from './api.ts';
import { ControlPlane } from './control-plane.ts';
import { until } from './until.ts';

const ACCOUNT = 'system:serviceaccount:zk-system:zonekeeper';
const CONFIGURATION =
  '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/zonekeeper';
const CLASSES = '/apis/storage.k8s.io/v1/storageclasses';
const PODS = '/api/v1/namespaces/zk-system/pods';

type Configuration = ApiObject & {
  webhooks: { timeoutSeconds: number; clientConfig: { caBundle?: string } }[];
};

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());

const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
await cluster.api.expect('POST', '/api/v1/namespaces', {
  body: { metadata: { name: 'zk-system', labels: restricted } },
});

/** Runs helm and fails the test with its words if it does. */
async function helm(t: Test, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cluster.helm([...args, '--namespace', 'zk-system']);
  t.equal(code, 0, stderr || args.join(' '));
  t.notMatch(stderr, /warning/i);
  return stdout;
}

function createSet(name: string, namespace: string, annotations: Record<string, string>) {
  const labels = { app: name };
  const containers = [{ name: 'db', image: 'example.test/db:1' }];
  return cluster.api.request<{ message?: string }>(
    'POST',
    `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
    {
      body: {
        metadata: { name, annotations },
        spec: {
          replicas: 0,
          serviceName: name,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers } },
        },
      },
    },
  );
}

const annotated = { 'zonekeeper.io/inject': 'true' };

/** Writes the caBundle as the webhook does: that one field, under a manager of its own, with its own rights. */
async function applyBundle(t: Test, caBundle: string): Promise<void> {
  const object = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'zonekeeper' },
    webhooks: [{ name: 'statefulsets.zonekeeper.io', clientConfig: { caBundle } }],
  };
  const { stderr } = await cluster.kubectl(
    ['apply', '--server-side', '--field-manager=zonekeeper', `--as=${ACCOUNT}`, '-f', '-'],
    { input: JSON.stringify(object) },
  );
  t.equal(stderr, '');
}

/** What of the hooks of `helm test` is there. */
async function hooks(): Promise<string[]> {
  const { stdout } = await cluster.kubectl(
    ['get', 'pods,serviceaccounts,roles,rolebindings', '--all-namespaces'].concat([
      '--output=name',
      '--field-selector=metadata.name=zonekeeper-test',
    ]),
  );
  return stdout.trim() === '' ? [] : stdout.trim().split('\n').sort();
}

/** `helm test`, with the test in the place of the kubelet: the pod ends like that. */
async function helmTest(phase: 'Succeeded' | 'Failed') {
  const running = cluster.helm(['test', 'zonekeeper', '--namespace', 'zk-system']);
  const pod = await until('the pod of the test', async () => {
    const { status, body } = await cluster.api.request<ApiObject>('GET', `${PODS}/zonekeeper-test`);
    return status === 200 && body.metadata.deletionTimestamp === undefined && body;
  });
  const during = await hooks();
  await cluster.api.expect('PATCH', `${PODS}/${pod.metadata.name}/status`, {
    body: { status: { phase } },
  });
  return { during, ...(await running), after: await hooks() };
}

async function testsItself(t: Test): Promise<void> {
  const passed = await helmTest('Succeeded');
  t.equal(passed.code, 0, passed.stderr);
  const kinds = passed.during.map((name) => name.replace(/[./].*/, ''));
  t.strictSame(kinds, ['pod', 'role', 'rolebinding', 'serviceaccount']);
  t.strictSame(passed.after, []);
  const failed = await helmTest('Failed');
  t.equal(failed.code, 1);
  t.strictSame(failed.after, ['pod/zonekeeper-test'], 'it stays to be looked at');
  await cluster.kubectl(['delete', 'pod', 'zonekeeper-test', '--namespace', 'zk-system']);
}

async function survivesUpgrades(t: Test): Promise<void> {
  const caBundle = Buffer.from('the API server reads it at the first call').toString('base64');
  const stored = async () => {
    const [webhook] = (await cluster.api.expect<Configuration>('GET', CONFIGURATION)).webhooks;
    return [webhook?.timeoutSeconds, webhook?.clientConfig.caBundle];
  };
  await applyBundle(t, caBundle);
  t.strictSame(await stored(), [5, caBundle]);
  await helm(t, 'upgrade', 'zonekeeper', CHART_FOLDER, '--set', 'webhook.timeoutSeconds=7');
  t.strictSame(await stored(), [7, caBundle]);
  await helm(t, 'rollback', 'zonekeeper');
  t.strictSame(await stored(), [5, caBundle]);
}

/** As the handbook says. */
async function breaksGlass(t: Test): Promise<void> {
  const created = async (name: string) => (await createSet(name, 'default', annotated)).status;
  const accepted = (name: string) =>
    until('the write passes', async () => (await created(name)) === 201);
  await helm(
    t,
    ...['upgrade', 'zonekeeper', CHART_FOLDER, '--reuse-values'],
    ...['--set', 'webhook.failurePolicy=Ignore'],
  );
  t.ok(await accepted('by-upgrade'));
  await cluster.kubectl(['delete', 'mutatingwebhookconfiguration', 'zonekeeper']);
  t.ok(await accepted('by-removal'));
  await cluster.kubectl(['delete', 'statefulsets', 'by-upgrade', 'by-removal']);
  await helm(t, 'upgrade', 'zonekeeper', CHART_FOLDER, '--reset-values');
  const { webhooks } = await cluster.api.expect<Configuration>('GET', CONFIGURATION);
  t.match(webhooks, [{ failurePolicy: 'Fail' }], 'the next upgrade brings it back');
}

async function leavesClasses(t: Test): Promise<void> {
  await helm(t, 'uninstall', 'zonekeeper');
  t.equal((await cluster.api.request('GET', CONFIGURATION)).status, 404);
  const left = (await cluster.api.list(CLASSES)).map(({ metadata }) => metadata.name);
  t.strictSame(left.sort(), ['zonekeeper-premium-zrs', 'zonekeeper-zrs']);
  await helm(t, 'install', 'zonekeeper', CHART_FOLDER);
  await helm(t, 'uninstall', 'zonekeeper');
  await cluster.kubectl(['delete', 'storageclass', ...left]);
}

for (const serverSide of ['true', 'false']) {
  t.test(`with helm's --server-side=${serverSide}`, async (t) => {
    await helm(t, 'install', 'zonekeeper', CHART_FOLDER, `--server-side=${serverSide}`);

    await t.test('its pods are admitted where Pod Security restricted is enforced', async (t) => {
      await until('there are two pods', async () => (await cluster.api.list(PODS)).length === 2);
      t.pass();
    });

    await t.test('while nobody answers, annotated sets alone are refused', async (t) => {
      const name = `db-${serverSide}`;
      const { status, body } = await createSet(name, 'default', annotated);
      t.equal(status, 500);
      t.match(body.message, /failed calling webhook "statefulsets\.zonekeeper\.io"/);
      t.equal((await createSet(name, 'default', {})).status, 201);
      t.equal((await createSet(name, 'zk-system', annotated)).status, 201, 'own namespace');
    });

    await t.test('the webhook’s caBundle outlives upgrade and rollback', survivesUpgrades);

    await t.test('an upgrade that changes nothing writes nothing', async (t) => {
      const stored = () => cluster.api.expect('GET', CONFIGURATION);
      const before = await stored();
      await helm(t, 'upgrade', 'zonekeeper', CHART_FOLDER);
      t.strictSame(await stored(), before);
    });

    await t.test('helm test brings its pod and its rights, and takes them away', testsItself);

    await t.test('in an emergency, writes pass without the webhook', breaksGlass);

    await t.test('uninstalled, it leaves the classes and adopts them again', leavesClasses);
  });
}
