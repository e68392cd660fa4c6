import t from 'tap';
import { NodeCluster } from './node-cluster.ts';

const cluster = await NodeCluster.start();
t.teardown(() => cluster.stop());
const { controlPlane } = cluster;

t.test('three nodes are ready, one a zone', async (t) => {
  const { stdout } = await controlPlane.kubectl(['get', 'nodes', '-o', 'wide']);
  t.comment(stdout);
  t.match(stdout, /node-westeurope-1 +Ready/);
});
