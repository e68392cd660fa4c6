import path from 'node:path';
import t from 'tap';
import { COMPONENTS, findBinaries } from './binaries.ts';

t.test('a folder of envtest is used without Go, and what it lacks is left out', async (t) => {
  const program = t.fixture('symlink', process.execPath);
  const folder = t.testdir({ etcd: program, 'kube-apiserver': program, 'kube-scheduler': 'text' });
  const found = await findBinaries({ KUBEBUILDER_ASSETS: folder });
  if ('unavailable' in found) return t.fail(found.unavailable);
  t.strictSame([...found.paths.keys()], ['etcd', 'kube-apiserver']);
  t.equal(found.paths.get('etcd'), path.join(folder, 'etcd'));
});

t.test('a folder without an API server is refused by name', async (t) => {
  const folder = t.testdir({ etcd: t.fixture('symlink', process.execPath) });
  const found = await findBinaries({ KUBEBUILDER_ASSETS: folder });
  t.match(found, { unavailable: /KUBEBUILDER_ASSETS is .+ which lacks kube-apiserver/ });
});

t.test('without Go and without a built binary the reason says what to install', async (t) => {
  const found = await findBinaries({ ZONEKEEPER_CLUSTER: t.testdir(), PATH: t.testdirName });
  t.match(found, { unavailable: /neither Go .+ nor .+ KUBEBUILDER_ASSETS/ });
});

const skip = process.env.KUBEBUILDER_ASSETS ? 'KUBEBUILDER_ASSETS takes its place' : false;

t.test('the built binary has every server of a control plane', { skip }, async (t) => {
  const found = await findBinaries();
  t.hasProps('paths' in found ? Object.fromEntries(found.paths) : {}, [...COMPONENTS]);
});
