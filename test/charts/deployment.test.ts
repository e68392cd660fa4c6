import type { V1Container, V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import t from 'tap';
import { parseSettings } from '../../webhook/config.ts';
import { one, type RenderOptions, refusal, render, type Values } from '../support/chart.ts';

async function deployment(values?: Values, options?: RenderOptions) {
  const object = one<V1Deployment>(await render(values, options), 'Deployment');
  const spec = object.spec as NonNullable<V1Deployment['spec']>;
  const pod = spec.template.spec as V1PodSpec;
  return { object, spec, pod, container: pod.containers[0] as V1Container };
}

t.test('the container is told where everything of its release is', async (t) => {
  const { container } = await deployment({}, { release: 'zk', namespace: 'platform' });
  t.strictSame(container.args, [
    '--config=/etc/zonekeeper/config.yaml',
    '--port=8443',
    '--ops-port=8444',
    '--service=zk-zonekeeper',
    '--namespace=platform',
    '--cluster-domain=cluster.local',
    '--cert-mode=self',
    '--secret=zk-zonekeeper-tls',
    '--lease=zk-zonekeeper-certs',
    '--class-lease=zk-zonekeeper-classes',
    '--owner=ConfigMap/zk-zonekeeper',
    '--webhook-configuration=zk-zonekeeper',
    '--drain-seconds=10',
    '--log-level=info',
  ]);
  t.strictSame(container.env, [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
  ]);
});

t.test('the webhook takes every argument, in each mode of certificates', async (t) => {
  for (const certs of [
    { mode: 'self' },
    { mode: 'certManager', certManager: { renderMode: 'alwaysRender' } },
    { mode: 'secret', secretName: 'own' },
  ]) {
    const { container } = await deployment({ certs });
    t.strictSame(parseSettings(container.args ?? [], {}).problems, undefined, certs.mode);
  }
});

t.test('values change the arguments and add to them', async (t) => {
  const { container } = await deployment({
    clusterDomain: 'corp.example',
    drainSeconds: 3,
    logLevel: 'debug',
    ports: { webhook: 10250 },
    certs: { secretName: 'own-tls' },
    extraArgs: ['--more', '1'],
  });
  for (const argument of [
    '--cluster-domain=corp.example',
    '--log-level=debug',
    '--port=10250',
    '--drain-seconds=3',
    '--secret=own-tls',
  ]) {
    t.ok(container.args?.includes(argument), argument);
  }
  t.strictSame(container.args?.slice(-2), ['--more', '1']);
  t.equal(container.ports?.find(({ name }) => name === 'webhook')?.containerPort, 10250);
});

t.test('the configuration is mounted as a folder, so that the pod sees it change', async (t) => {
  const { container, pod } = await deployment();
  t.strictSame(container.volumeMounts, [
    { name: 'config', mountPath: '/etc/zonekeeper', readOnly: true },
  ]);
  t.strictSame(pod.volumes, [{ name: 'config', configMap: { name: 'zonekeeper' } }]);
});

t.test('a change of the configuration restarts no pod', async (t) => {
  const before = await deployment();
  const after = await deployment({ config: { profiles: { extra: { schedulerName: 'own' } } } });
  t.strictSame(after.object, before.object);
});

t.test('a rollout always keeps every replica and adds one', async (t) => {
  const { spec, pod, container } = await deployment();
  t.equal(spec.replicas, 2);
  t.strictSame(spec.strategy, {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
  });
  t.strictSame(container.lifecycle, { preStop: { sleep: { seconds: 10 } } });
  t.ok((pod.terminationGracePeriodSeconds ?? 0) > 10);
});

t.test('a sleep of 0 renders no hook, which Kubernetes 1.30 would refuse', async (t) => {
  const { container } = await deployment({ preStopSleepSeconds: 0 });
  t.notOk('lifecycle' in container);
});

t.test('a grace period too short for sleep, drain and last requests is refused', async (t) => {
  t.match(
    await refusal({ preStopSleepSeconds: 31 }),
    /terminationGracePeriodSeconds is 45: stopping takes up to 46 seconds/,
  );
  t.equal(await refusal({ preStopSleepSeconds: 30 }), '');
  t.match(await refusal({ terminationGracePeriodSeconds: 24 }), /takes up to 25 seconds/);
});

t.test('probes ask the plain port and gate traffic by readiness alone', async (t) => {
  const { container } = await deployment();
  const target = (probe: V1Container['livenessProbe']) => [
    probe?.httpGet?.path,
    probe?.httpGet?.port,
  ];
  t.strictSame(target(container.startupProbe), ['/livez', 'ops']);
  t.strictSame(target(container.livenessProbe), ['/livez', 'ops']);
  t.strictSame(target(container.readinessProbe), ['/readyz', 'ops']);
  t.strictSame(
    container.ports?.map(({ name, containerPort }) => [name, containerPort]),
    [
      ['webhook', 8443],
      ['ops', 8444],
    ],
  );
});

t.test('requests meet the least that AKS asks for, and there are limits', async (t) => {
  const { container } = await deployment();
  t.strictSame(container.resources, {
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { cpu: '1', memory: '256Mi' },
  });
});

t.test(
  'the image is the chart’s version in no registry unless one, a tag or a digest is given',
  async (t) => {
    const image = async (values: Values) => (await deployment({ image: values })).container.image;
    const digest = `sha256:${'a'.repeat(64)}`;
    t.equal(await image({}), 'zonekeeper/zonekeeper:0.1.0');
    t.equal(
      await image({ registry: 'a.azurecr.io', tag: 'v2' }),
      'a.azurecr.io/zonekeeper/zonekeeper:v2',
    );
    t.equal(await image({ tag: 'v2', digest }), `zonekeeper/zonekeeper@${digest}`);
  },
);

t.test('pod metadata and scheduling come from values', async (t) => {
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } };
  const { spec, pod } = await deployment({
    podLabels: { team: 'data' },
    podAnnotations: { 'example.com/note': 'x' },
    imagePullSecrets: [{ name: 'mirror' }],
    priorityClassName: 'high',
    nodeSelector: { pool: 'system' },
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    affinity,
  });
  t.equal(spec.template.metadata?.labels?.team, 'data');
  t.strictSame(spec.template.metadata?.annotations, { 'example.com/note': 'x' });
  t.strictSame(pod.imagePullSecrets, [{ name: 'mirror' }]);
  t.equal(pod.priorityClassName, 'high');
  t.strictSame(pod.nodeSelector, { 'kubernetes.io/os': 'linux', pool: 'system' });
  t.strictSame(pod.tolerations, [{ key: 'dedicated', operator: 'Exists' }]);
  t.strictSame(pod.affinity, affinity);
});

t.test('what is emptied by a value is left out', async (t) => {
  const { pod } = await deployment({ priorityClassName: '', tolerations: [] });
  t.notOk('priorityClassName' in pod);
  t.notOk('tolerations' in pod);
  t.notOk('affinity' in pod);
});
