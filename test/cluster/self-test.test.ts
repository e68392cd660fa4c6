import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { parse, stringify } from 'yaml';
import { render } from '../support/chart.ts';
import { type Outcome, run } from '../support/run.ts';
import { API_SERVER_SERIES } from '../support/series.ts';
import { ControlPlane } from './control-plane.ts';
import { Installation, RELEASE_NAMESPACE } from './support/installation.ts';
import { until } from './until.ts';

const MAIN = path.join(import.meta.dirname, '../../webhook/self-test/main.ts');
const ACCOUNT = 'zonekeeper-test';
const SETS = '/apis/apps/v1/statefulsets';
const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());
const installation = await Installation.create(cluster);
t.teardown(() => installation.stop());

/** Runs the program of `helm test` as the chart has it run: as its own account, with the rights of its hooks. */
async function selfTest(t: Test, namespace: string): Promise<Outcome> {
  const options = { namespace: RELEASE_NAMESPACE, hooks: true };
  const hooks = (await render({ tests: { namespace } }, options)).filter(
    ({ kind, metadata }) => kind !== 'Pod' && metadata.annotations?.['helm.sh/hook'] === 'test',
  );
  t.equal(hooks.length, 3);
  const input = hooks.map((hook) => JSON.stringify(hook)).join('\n---\n');
  const applied = await cluster.kubectl(['apply', '-f', '-'], { input });
  t.equal(applied.code, 0, applied.stderr);
  const config = path.join(cluster.folder, 'webhook', 'config.yaml');
  const args = ['--image=example.test/zonekeeper:1', `--config=${config}`];
  const kubeconfig = await kubeconfigOf(ACCOUNT);
  return run(process.execPath, [
    ...[MAIN, `--namespace=${namespace}`, `--kubeconfig=${kubeconfig}`],
    ...args,
  ]);
}

async function kubeconfigOf(account: string): Promise<string> {
  const { stdout } = await cluster.kubectl(['create', 'token', account, '-n', RELEASE_NAMESPACE]);
  const config = parse(await readFile(cluster.kubeconfig, 'utf8'));
  config.users[0].user = { token: stdout.trim() };
  const file = path.join(cluster.folder, `${account}.kubeconfig`);
  await writeFile(file, stringify(config), { mode: 0o600 });
  return file;
}

t.test('it passes while the webhook answers, and shows what was injected', async (t) => {
  const { code, stdout } = await selfTest(t, 'default');
  t.equal(code, 0, stdout);
  t.match(stdout, 'class of the claim template: zonekeeper-zrs\nscheduler: default-scheduler\n');
  t.match(stdout, /passed: the API server calls the webhook, and the webhook injects\n$/);
});

t.test('it stores nothing', async (t) => {
  t.strictSame(await cluster.api.list(SETS), []);
});

t.test('its account may create StatefulSets there and nothing else', async (t) => {
  const may = async (verb: string, resource: string, namespace: string) => {
    const group = resource === 'statefulsets' ? 'apps' : '';
    const user = `system:serviceaccount:${RELEASE_NAMESPACE}:${ACCOUNT}`;
    const spec = { user, resourceAttributes: { verb, group, resource, namespace } };
    const { status } = await cluster.api.expect<{ status: { allowed: boolean } }>('POST', REVIEWS, {
      body: { spec },
    });
    return status.allowed;
  };
  t.equal(await may('create', 'statefulsets', 'default'), true);
  t.equal(await may('create', 'statefulsets', 'kube-system'), false);
  for (const verb of ['get', 'list', 'update', 'patch', 'delete']) {
    t.equal(await may(verb, 'statefulsets', 'default'), false, verb);
  }
  t.equal(await may('create', 'pods', 'default'), false);
  t.equal(await may('get', 'secrets', RELEASE_NAMESPACE), false);
});

t.test('it follows the configuration', async (t) => {
  await installation.reloadWith({
    default: { storageClassName: 'zonekeeper-premium-zrs', schedulerName: 'own' },
  });
  const { code, stdout } = await selfTest(t, 'default');
  t.equal(code, 0, stdout);
  t.match(stdout, 'class of the claim template: zonekeeper-premium-zrs\nscheduler: own\n');
  t.match(stdout, 'warning: ZK208');
});

t.test('it fails in a namespace that the webhook spares, and says so', async (t) => {
  const { code, stdout } = await selfTest(t, RELEASE_NAMESPACE);
  t.equal(code, 1);
  t.match(stdout, /failed: the set was accepted without injection/);
});

t.test('it fails while nobody answers, in the words of the API server', async (t) => {
  await installation.stop();
  const { code, stdout } = await selfTest(t, 'default');
  t.equal(code, 1);
  t.match(stdout, /failed: .*failed calling webhook "statefulsets\.zonekeeper\.io"/);
});

t.test('it fails where failurePolicy Ignore lets the set pass', async (t) => {
  await installation.upgrade({ webhook: { failurePolicy: 'Ignore' } });
  const outcome = await until('the API server has read the policy', async () => {
    const ended = await selfTest(t, 'default');
    return ended.stdout.includes('failed calling') ? undefined : ended;
  });
  t.equal(outcome.code, 1);
  t.match(outcome.stdout, /accepted without injection.* or could not and failurePolicy is Ignore/);
});

t.test('the API server counts such calls where alerts and dashboard look', async (t) => {
  const text = await cluster.api.expect<string>('GET', '/metrics');
  for (const [series, labels] of API_SERVER_SERIES) {
    const line = text.split('\n').find((line) => line.startsWith(`${series}{`)) ?? '';
    const shown = [...line.matchAll(/[{,](\w+)="/g)].map(([, label]) => label);
    t.strictSame(shown.sort(), labels, series);
  }
  t.match(
    text,
    /rejection_count\{error_type="calling_webhook_error",name="statefulsets\.zonekeeper\.io"/,
  );
  t.match(text, /fail_open_count\{name="statefulsets\.zonekeeper\.io"/);
});
