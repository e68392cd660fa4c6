import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { about, check, codesOf, createDrivers, errorsOf, setOf, table } from './support/check.ts';
import { OPTED_IN, smallSet, withPodSpec } from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');
await createDrivers(cluster);

t.test('a sound installation gives 0, and tells of each set what became of it', async (t) => {
  accepted(t, await sets.apply(smallSet('sound', OPTED_IN)), 'apply');
  accepted(t, await sets.apply(smallSet('foreign')), 'a set without the annotation');
  const { code, report } = await check(cluster, '-A');
  t.strictSame(errorsOf(report), []);
  t.equal(code, 0);
  t.match(report, { version: 1, webhook: /^\d+\.\d+\.\d+$/, summary: { sets: 1 } });
  t.match(report.sets, [
    {
      namespace: 'shop',
      name: 'sound',
      state: 'injected',
      profile: 'default',
      injections: ['storage'],
      reapply: 'unchanged',
      next: [],
    },
  ]);
  t.strictSame(codesOf(report, 'sound'), []);
  t.strictSame(codesOf(report, 'zonekeeper'), []);
});

t.test('warnings alone give 0, but not with --strict', async (t) => {
  const { code, report } = await check(cluster, '-n', 'shop');
  t.equal(code, 0);
  t.ok(report.summary.warnings > 0, 'the shipped profile for driver V2 is not served here');
  t.equal((await check(cluster, '-n', 'shop', '--strict')).code, 1);
});

t.test('sets of other namespaces are not looked at', async (t) => {
  t.equal((await check(cluster, '-n', 'default')).report.summary.sets, 0);
});

t.test('the table says the same, its summary last', async (t) => {
  const { code, stdout } = await table(cluster, '-n', 'shop');
  t.equal(code, 0);
  const lines = stdout.trimEnd().split('\n');
  t.match(stdout, /^shop\/sound +injected +\S+ +default +unchanged +-$/m);
  t.match(lines.at(-1), /^no errors, \d+ warnings; 1 annotated StatefulSet in namespace shop$/);
  t.ok(lines.every((line) => line.length <= 100));
});

t.test('manifests that the API server completes and rewrites do not seem to differ', async (t) => {
  const set = withPodSpec(smallSet('rewritten', OPTED_IN), {
    containers: [
      {
        name: 'db',
        image: 'example.test/db:1',
        args: [],
        env: [{ name: 'EMPTY', value: '' }],
        ports: [{ containerPort: 5432 }],
        resources: { requests: { cpu: '0.5', memory: '1024Mi' }, limits: { cpu: '1000m' } },
        livenessProbe: { tcpSocket: { port: 5432 } },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: '1024Mi' } },
      { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
    ],
    securityContext: {},
    hostNetwork: false,
    tolerations: [{ key: 'a', operator: 'Exists' }],
  });
  const annotations = { ...OPTED_IN, 'zonekeeper.io/fast-failover': '30s' };
  accepted(t, await sets.apply({ ...set, metadata: { ...set.metadata, annotations } }), 'apply');
  const { report } = await check(cluster, '-n', 'shop');
  t.match(setOf(report, 'rewritten'), {
    reapply: 'unchanged',
    injections: ['storage', 'failover'],
  });
  accepted(t, await sets.kubectl(['set', 'image', 'sts/rewritten', 'db=example.test/db:2']), 'set');
  t.strictSame(codesOf((await check(cluster, '-n', 'shop')).report, 'rewritten'), ['ZK736']);
});

t.test('a class that is asked for and does not exist is an error', async (t) => {
  const annotations = { ...OPTED_IN, 'zonekeeper.io/storage-class': 'missing' };
  accepted(t, await sets.apply(smallSet('classless', annotations)), 'apply');
  const { code, report } = await check(cluster, '-n', 'shop');
  t.equal(code, 1);
  t.match(about(report, 'classless'), [{ code: 'ZK202', level: 'error' }]);
  accepted(t, await sets.kubectl(['delete', 'sts', 'classless']), 'delete');
});

t.test('so is one that the default profile names, and what the next change brings', async (t) => {
  await zonekeeper.reloadWith({ default: { storageClassName: 'none-such', schedulerName: 'own' } });
  const { code, report } = await check(cluster, '-n', 'shop');
  t.equal(code, 1);
  t.match(about(report, 'none-such'), [{ code: 'ZK730', level: 'error' }]);
  t.match(about(report, 'default'), [{ code: 'ZK208', level: 'error' }]);
  t.match(setOf(report, 'sound'), { reapply: 'unchanged', next: ['scheduler'] });
  await zonekeeper.reloadWith({ default: { storageClassName: 'zonekeeper-zrs' } });
});

t.test('what an account may not look at is told, and the rest is checked', async (t) => {
  const rbac = [
    { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: 'ci' } },
    {
      kind: 'Role',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name: 'ci' },
      rules: [{ apiGroups: ['apps'], resources: ['statefulsets'], verbs: ['list'] }],
    },
    {
      kind: 'RoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name: 'ci' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'ci' },
      subjects: [{ kind: 'ServiceAccount', name: 'ci', namespace: 'shop' }],
    },
  ];
  const input = rbac.map((object) => JSON.stringify(object)).join('\n---\n');
  accepted(t, await sets.kubectl(['apply', '-f', '-'], input), 'rights');
  const { code, report } = await check({ kubeconfig: await kubeconfigOf('ci') }, '-n', 'shop');
  t.equal(code, 0);
  t.strictSame(errorsOf(report), []);
  const unseen = report.findings.filter((found) => found.code === 'ZK701');
  const messages = unseen.map(({ message }) => message);
  const webhooks = 'no right to list mutatingwebhookconfigurations';
  t.ok(
    messages.some((message) => message.startsWith(webhooks)),
    webhooks,
  );
  t.strictSame(messages, messages.toSorted(), 'two checks of one cluster read alike');
  t.ok(unseen.length >= 8, `${unseen.length} kinds`);
  t.ok(report.findings.some((found) => found.code === 'ZK722'));
  t.match(setOf(report, 'sound'), { state: 'injected' });
});

async function kubeconfigOf(account: string): Promise<string> {
  const { stdout } = await sets.kubectl(['create', 'token', account]);
  const { stdout: text } = await cluster.kubectl(['config', 'view', '--raw']);
  const config = parse(text);
  config.users[0].user = { token: stdout.trim() };
  const file = path.join(cluster.folder, `${account}.kubeconfig`);
  await writeFile(file, stringify(config), { mode: 0o600 });
  return file;
}
