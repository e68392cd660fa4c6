import t from 'tap';
import { CHART_FOLDER, type Values } from '../support/chart.ts';
import { run } from '../support/run.ts';
import { helm } from '../support/tools.ts';

/** What `helm install` would print after an installation with these values. */
async function notes(values: Values = {}, namespace = 'zk-system'): Promise<string> {
  const { code, stdout, stderr } = await run(
    await helm(),
    [
      ['install', 'zonekeeper', CHART_FOLDER, '--namespace', namespace],
      ['--dry-run=client', '--values', '-'],
    ].flat(),
    { input: JSON.stringify(values) },
  );
  if (code !== 0) throw new Error(stderr);
  return stdout.slice(stdout.indexOf('NOTES:'));
}

t.test('the notes say what was installed and how to see that it works', async (t) => {
  const text = await notes({ image: { registry: 'contoso.azurecr.io' } });
  t.match(text, 'installed as zonekeeper in namespace zk-system');
  t.match(text, 'Deployment                    zonekeeper, 2 replicas');
  t.match(text, 'Profiles                      azuredisk-v2, default');
  t.match(text, 'StorageClasses                zonekeeper-zrs, zonekeeper-premium-zrs\n');
  t.match(text, 'kubectl -n zk-system rollout status deployment/zonekeeper');
  t.match(
    text,
    'Certificate                   made and renewed by the webhook, in Secret zonekeeper-tls',
  );
  t.match(text, 'helm test zonekeeper -n zk-system --logs');
  t.match(text, 'zonekeeper.io/inject: "true"');
  t.match(text, 'kubectl apply --dry-run=server -o yaml -f statefulset.yaml');
  t.notMatch(text, 'CAUTION');
});

t.test('the notes tell what happens until the first replica is ready', async (t) => {
  t.match(await notes(), 'the API server refuses to create or update annotated StatefulSets');
  const ignoring = await notes({ webhook: { failurePolicy: 'Ignore' } });
  t.match(ignoring, 'the API server stores annotated StatefulSets as they come');
  t.match(ignoring, 'CAUTION: failurePolicy is Ignore');
});

t.test('the notes warn of a namespace whose sets would never be injected', async (t) => {
  t.match(await notes({}, 'default'), 'CAUTION: StatefulSets in namespace default are never');
});

t.test('the notes warn of an image name that nodes must resolve themselves', async (t) => {
  t.match(await notes(), 'must resolve the short name zonekeeper/zonekeeper:0.1.0 themselves');
});

t.test('the notes say where the certificate comes from', async (t) => {
  const own = await notes({ certs: { mode: 'secret', secretName: 'own' } });
  t.match(
    own,
    'Certificate                   yours, from Secret own; no pod starts before it is there',
  );
  const certManager = { renderMode: 'skipIfMissing' };
  const skipped = await notes({ certs: { mode: 'certManager', certManager } });
  t.match(skipped, 'made and renewed by cert-manager, in Secret zonekeeper-cert-manager-tls');
  t.match(skipped, 'CAUTION: the Certificate was left out');
});

t.test('the notes warn of monitoring that was left out', async (t) => {
  const on = { enabled: true };
  const monitoring = { renderMode: 'skipIfMissing', podMonitor: on, prometheusRule: on };
  const text = await notes({ monitoring });
  t.match(text, 'CAUTION: the PodMonitor was left out');
  t.match(text, 'CAUTION: the PrometheusRule was left out');
});

t.test('the notes warn of a test in a namespace that is spared', async (t) => {
  const spared = { excludedNamespaces: ['apps'] };
  t.match(
    await notes({ tests: { namespace: 'apps' }, webhook: spared }),
    'CAUTION: helm test will fail, because the webhook spares namespace apps',
  );
  t.match(await notes({}, 'default'), 'CAUTION: helm test will fail');
});

t.test('the notes warn of a single replica', async (t) => {
  const text = await notes({ replicaCount: 1 });
  t.match(text, 'zonekeeper, 1 replica\n');
  t.match(text, 'CAUTION: replicaCount is 1');
});

t.test(
  'the notes of a webhook outside the cluster name its address and no Deployment',
  async (t) => {
    const url = 'https://127.0.0.1:8443/mutate';
    const text = await notes({ webhook: { url }, deployment: { enabled: false }, replicaCount: 1 });
    t.match(text, `outside the cluster, at ${url}`);
    t.notMatch(text, /Deployment|rollout|CAUTION/);
  },
);
