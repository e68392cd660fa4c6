import { existsSync } from 'node:fs';
import t from 'tap';
import type { Node } from '../nodes.ts';
import { until } from '../until.ts';
import { BUSYBOX_IMAGE } from './images.ts';
import { isReady, type Pod } from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import { cgroupOf, sandboxFolder } from './sandbox.ts';

type Service = { spec: { clusterIP: string } };
type RunningNode = Node & { status: { conditions: { type: string; status: string }[] } };

const PODS = '/api/v1/namespaces/default/pods';

/** Shorter than usual, so that the loss of a node is noticed soon; longer than kubelets take between two signs of life. */
const cluster = await NodeCluster.start({ nodeGracePeriod: '20s' });
t.teardown(() => cluster.stop());
const { api, kubectl } = cluster.controlPlane;

/** A Pod on a node, which answers HTTP with the node's name. */
function server(nodeName: string): object {
  const command = ['sh', '-c', `mkdir /www; echo ${nodeName} > /www/index.html; httpd -f -h /www`];
  const containers = [{ name: 'server', image: BUSYBOX_IMAGE, command }];
  const metadata = { name: `server-${nodeName}`, labels: { app: 'server' } };
  return { metadata, spec: { nodeName, containers, terminationGracePeriodSeconds: 0 } };
}

t.test('the nodes say in which zone they are', async (t) => {
  const nodes = await api.list<Node>('/api/v1/nodes');
  t.strictSame(
    nodes.map(({ metadata }) => [metadata.name, metadata.labels?.['topology.kubernetes.io/zone']]),
    cluster.nodes.map(({ name, zone }) => [name, zone]),
  );
});

t.test('Pods run on every node and reach each other by the address of a Service', async (t) => {
  for (const { name } of cluster.nodes) await api.expect('POST', PODS, { body: server(name) });
  const ports = [{ port: 8000, targetPort: 80 }];
  const { spec } = await api.expect<Service>('POST', '/api/v1/namespaces/default/services', {
    body: { metadata: { name: 'server' }, spec: { selector: { app: 'server' }, ports } },
  });
  await until('three ready Pods', async () => (await api.list<Pod>(PODS)).every(isReady));
  const [first] = cluster.nodes;
  // Not wget: that of a static busybox looks for libraries which no image has, and crashes.
  const get = `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc ${spec.clusterIP} 8000 | tail -n 1`;
  const answers = new Set<string>();
  await until('an answer from every node', async () => {
    const { stdout } = await kubectl(['exec', `server-${first?.name}`, '--', 'sh', '-c', get]);
    if (stdout) answers.add(stdout.trim());
    return answers.size >= cluster.nodes.length;
  });
  t.strictSame(
    [...answers].toSorted(),
    cluster.nodes.map(({ name }) => name),
  );
});

t.test('a node whose power is cut is lost, and the others stay', async (t) => {
  const [lost] = cluster.nodes;
  await lost?.cutPower();
  const ready = await until(
    'a lost node',
    async () => {
      const nodes = await api.list<RunningNode>('/api/v1/nodes');
      const running = nodes.filter(({ status }) =>
        status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
      );
      return running.length < nodes.length && running.map(({ metadata }) => metadata.name);
    },
    60_000,
  );
  t.strictSame(
    ready,
    cluster.nodes.slice(1).map(({ name }) => name),
  );
});

t.test('stopped, it leaves no control group', async (t) => {
  await cluster.stop();
  t.notOk(existsSync(`/sys/fs/cgroup/pids${cgroupOf(sandboxFolder())}`));
  t.notOk(existsSync(`/sys/fs/cgroup${cgroupOf(sandboxFolder())}`));
});
