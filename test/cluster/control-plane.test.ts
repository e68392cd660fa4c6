import t from 'tap';
import type { ApiObject } from './api.ts';
import { ControlPlane } from './control-plane.ts';
import { startKubelets } from './kubelets.ts';
import { createNodes } from './nodes.ts';
import { startProvisioner } from './provisioner.ts';

const ZONES = ['westeurope-1', 'westeurope-2', 'westeurope-3'];

const STORAGE_CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'zrs' },
  provisioner: 'disk.csi.azure.com',
  parameters: { skuName: 'StandardSSD_ZRS' },
  volumeBindingMode: 'WaitForFirstConsumer',
};

const labels = { app: 'db' };

const STATEFUL_SET = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'default' },
  spec: {
    replicas: 3,
    serviceName: 'db',
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [{ name: 'db', image: 'example.test/db:1' }],
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: labels },
          },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'zrs',
          resources: { requests: { storage: '4Gi' } },
        },
      },
    ],
  },
};

type Stored = ApiObject & {
  spec: {
    podManagementPolicy: string;
    template: { spec: { schedulerName: string; restartPolicy: string } };
    volumeClaimTemplates: { spec: { volumeMode: string } }[];
  };
};

const SET = '/apis/apps/v1/namespaces/default/statefulsets/db';

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());

t.test(
  'a StatefulSet that kubectl applies is stored with the defaults of Kubernetes',
  async (t) => {
    const input = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [STORAGE_CLASS, STATEFUL_SET],
    });
    const applied = await cluster.kubectl(['apply', '-f', '-'], { input });
    t.match(applied, { code: 0, stdout: 'statefulset.apps/db created' });

    const { spec } = await cluster.api.expect<Stored>('GET', SET);
    t.equal(spec.podManagementPolicy, 'OrderedReady');
    t.equal(spec.template.spec.schedulerName, 'default-scheduler');
    t.equal(spec.template.spec.restartPolicy, 'Always');
    t.equal(spec.volumeClaimTemplates[0]?.spec.volumeMode, 'Filesystem');
  },
);

t.test('a refusal of the API server reaches the test with code and message', async (t) => {
  const change = JSON.stringify({ spec: { serviceName: 'other' } });
  const patched = await cluster.kubectl(['patch', 'statefulset', 'db', '-p', change]);
  t.equal(patched.code, 1);
  t.match(patched.stderr, 'updates to statefulset spec for fields other than');
});

t.test(
  'the Pods of a set are placed one a zone, each with its volume',
  { skip: cluster.lacks('kube-controller-manager', 'kube-scheduler') },
  async (t) => {
    await createNodes(cluster.api, ZONES);
    await using _provisioner = startProvisioner(cluster.api);
    await using _kubelets = startKubelets(cluster.api);
    const args = ['rollout', 'status', 'statefulset/db', '--timeout=60s'];
    t.match(await cluster.kubectl(args), { code: 0 });

    const pods = await cluster.api.list<{ spec: { nodeName: string } }>('/api/v1/pods');
    const nodes = pods.map(({ spec }) => spec.nodeName).toSorted();
    t.strictSame(nodes, ['node-westeurope-1', 'node-westeurope-2', 'node-westeurope-3']);
    const claims = await cluster.api.list<{ status: { phase: string } }>(
      '/api/v1/persistentvolumeclaims',
    );
    t.strictSame(
      claims.map(({ status }) => status.phase),
      ['Bound', 'Bound', 'Bound'],
    );
  },
);

t.test('helm installs into the same cluster', async (t) => {
  const folder = t.testdir({
    'Chart.yaml': 'apiVersion: v2\nname: probe\nversion: 1.0.0\n',
    templates: {
      'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\n',
    },
  });
  t.match(await cluster.helm(['install', 'hello', folder]), { code: 0 });
  t.match(await cluster.kubectl(['get', 'configmap', 'hello', '-o', 'name']), {
    stdout: 'configmap/hello',
  });
});
