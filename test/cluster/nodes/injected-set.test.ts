import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import type { ApiObject } from '../api.ts';
import { startProvisioner } from '../provisioner.ts';
import { BUSYBOX_IMAGE } from './images.ts';
import {
  installZonekeeper,
  isReady,
  type Pod,
  RELEASE,
  RELEASE_NAMESPACE,
  untilSettled,
} from './installed.ts';
import { NodeCluster } from './node-cluster.ts';

/** What a user writes: nothing of zones, classes or schedulers but the wish to be spread. */
const MANIFEST = `
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: mysql
  annotations:
    zonekeeper.io/inject: "true"
spec:
  replicas: 3
  serviceName: mysql
  selector: {matchLabels: {app: mysql}}
  template:
    metadata: {labels: {app: mysql}}
    spec:
      terminationGracePeriodSeconds: 1
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: mysql}}
      containers:
        - name: mysql
          image: ${BUSYBOX_IMAGE}
          command: [sh, -c, 'hostname > /var/lib/mysql/name && exec sleep 3600']
          volumeMounts: [{name: data, mountPath: /var/lib/mysql}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
`;

type Claim = ApiObject & { spec: { storageClassName: string }; status: { phase: string } };

const cluster = await NodeCluster.start();
t.teardown(() => cluster.stop());
const { api, helm, kubectl } = cluster.controlPlane;
const volumes = path.join(cluster.folder, 'volumes');

t.test('helm installs the webhook: two ready Pods, on different nodes', async (t) => {
  await installZonekeeper(cluster);
  const pods = await untilSettled(api);
  t.equal(new Set(pods.map(({ spec }) => spec.nodeName)).size, 2);
});

t.test('an annotated set that kubectl applies runs in three zones on ZRS disks', async (t) => {
  await using _provisioner = startProvisioner(api, { folder: volumes });
  t.match(await kubectl(['apply', '-f', '-'], { input: MANIFEST }), { code: 0, stderr: '' });
  const rollout = ['rollout', 'status', 'statefulset/mysql', '--timeout=120s'];
  t.match(await kubectl(rollout, { timeout: 150_000 }), { code: 0 });

  const pods = await api.list<Pod>('/api/v1/namespaces/default/pods');
  t.ok(pods.every(isReady));
  t.strictSame(
    pods.map(({ spec }) => spec.nodeName).toSorted(),
    cluster.nodes.map(({ name }) => name),
  );
  const claims = await api.list<Claim>('/api/v1/namespaces/default/persistentvolumeclaims');
  t.strictSame(
    claims.map(({ spec, status }) => [spec.storageClassName, status.phase]),
    Array.from({ length: 3 }, () => ['zonekeeper-zrs', 'Bound']),
  );
  const names = (await readdir(volumes)).map((name) =>
    readFile(path.join(volumes, name, 'name'), 'utf8'),
  );
  t.strictSame((await Promise.all(names)).toSorted(), ['mysql-0\n', 'mysql-1\n', 'mysql-2\n']);
});

t.test('applied again, nothing changes', async (t) => {
  const set = '/apis/apps/v1/namespaces/default/statefulsets/mysql';
  const { metadata } = await api.expect('GET', set);
  t.match(await kubectl(['apply', '-f', '-'], { input: MANIFEST }), { code: 0 });
  t.equal((await api.expect('GET', set)).metadata.generation, metadata.generation);
});

t.test('helm test says that it works', async (t) => {
  const args = ['test', RELEASE, '--namespace', RELEASE_NAMESPACE, '--logs', '--timeout=2m'];
  const { code, stdout, stderr } = await helm(args, { timeout: 150_000 });
  t.equal(code, 0, stderr);
  t.match(stdout, /Phase: +Succeeded/);
});
