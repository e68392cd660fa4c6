import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { ApiObject } from './api.ts';
import { ControlPlane } from './control-plane.ts';
import { Installation, RELEASE, RELEASE_NAMESPACE } from './support/installation.ts';
import { until } from './until.ts';

const KINDS = [
  'secrets',
  'configmaps',
  'serviceaccounts',
  'services',
  'pods',
  'leases.coordination.k8s.io',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'deployments.apps',
  'poddisruptionbudgets.policy',
  'networkpolicies.networking.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
];

/** Its column, among others. */
const NAMESPACED = ` ${RELEASE_NAMESPACE} `;

type Owned = ApiObject & { metadata: { ownerReferences?: { kind: string; name: string }[] } };

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());

/** Everything of those kinds, wherever it lies. */
async function everything(): Promise<string[]> {
  const columns = '--output=custom-columns=:kind,:metadata.namespace,:metadata.name';
  const { code, stdout, stderr } = await cluster.kubectl(
    ['get', KINDS.join(','), '--all-namespaces', '--no-headers'].concat(columns),
  );
  if (code !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line.includes(RELEASE) || line.includes(NAMESPACED));
}

await cluster.kubectl(['create', 'namespace', RELEASE_NAMESPACE]);
/** What every namespace has. */
const usual = await until('the namespace has what each has', async () => {
  const found = await everything();
  return found.length === 2 && found;
});

t.test('an uninstall under a running webhook leaves nothing that it made', async (t) => {
  const installation = await Installation.create(cluster);
  t.teardown(() => installation.stop());
  const api = `/namespaces/${RELEASE_NAMESPACE}`;
  const owners = [{ kind: 'ConfigMap', name: RELEASE }];
  for (const path of [
    `/api/v1${api}/secrets/${RELEASE}-tls`,
    `/apis/coordination.k8s.io/v1${api}/leases/${RELEASE}-certs`,
  ]) {
    const made = await until(path, async () => {
      const { status, body } = await cluster.api.request<Owned>('GET', path);
      return status === 200 && body;
    });
    t.match(made.metadata.ownerReferences, owners, path);
  }

  t.ok((await everything()).length > usual.length + 10, 'it is seen');
  const args = ['uninstall', RELEASE, '--namespace', RELEASE_NAMESPACE];
  const { code, stderr } = await cluster.helm(args);
  t.equal(code, 0, stderr);
  const gone = async () => (await everything()).length === usual.length;
  await until('all is gone', gone, 60_000);
  // Long enough for a webhook that still runs to mend what it misses.
  await setTimeout(5_000);
  t.strictSame(await everything(), usual);
});
