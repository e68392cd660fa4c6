import type { V1Pod, V1Role, V1RoleBinding, V1Service } from '@kubernetes/client-node';
import t from 'tap';
import { all, type Manifest, one, render, type Values } from '../support/chart.ts';

const hook = (manifest: Manifest) => manifest.metadata.annotations?.['helm.sh/hook'];

async function hooks(values: Values = {}): Promise<Manifest[]> {
  const options = { release: 'zk', namespace: 'platform', hooks: true };
  return (await render(values, options)).filter((manifest) => hook(manifest) !== undefined);
}

const subject = (manifests: readonly Manifest[]) =>
  one<V1RoleBinding>(manifests, 'RoleBinding').subjects?.[0];

t.test('an installation has nothing of the test', async (t) => {
  t.notOk((await render()).some((manifest) => hook(manifest) !== undefined));
});

t.test(
  'the pod runs the second program of the image, on the webhook’s configuration',
  async (t) => {
    const manifests = await hooks({ tests: { namespace: 'apps' } });
    const pod = one<V1Pod>(manifests, 'Pod');
    t.equal(pod.metadata.namespace, 'platform');
    t.match(pod.spec?.containers[0], {
      image: 'zonekeeper/zonekeeper:0.1.0',
      command: ['/usr/bin/node', '/app/selftest.mjs'],
      args: [
        '--config=/etc/zonekeeper/config.yaml',
        '--namespace=apps',
        '--image=zonekeeper/zonekeeper:0.1.0',
      ],
    });
    t.equal(pod.spec?.restartPolicy, 'Never');
    t.equal(pod.spec?.serviceAccountName, 'zk-zonekeeper-test');
  },
);

t.test(
  'it may create StatefulSets in the namespace of the test, while the test runs',
  async (t) => {
    const manifests = await hooks({ tests: { namespace: 'apps' } });
    const role = one<V1Role>(manifests, 'Role');
    t.equal(role.metadata.namespace, 'apps');
    t.strictSame(role.rules, [
      { apiGroups: ['apps'], resources: ['statefulsets'], verbs: ['create'] },
    ]);
    t.equal(one<V1RoleBinding>(manifests, 'RoleBinding').roleRef.name, role.metadata.name);
    t.strictSame(subject(manifests), {
      kind: 'ServiceAccount',
      name: 'zk-zonekeeper-test',
      namespace: 'platform',
    });
    for (const { kind, metadata } of manifests) {
      const { 'helm.sh/hook-weight': weight, 'helm.sh/hook-delete-policy': policy = '' } =
        metadata.annotations ?? {};
      t.equal(weight, kind === 'Pod' ? '1' : '0', `${kind} comes in its turn`);
      t.match(policy, 'before-hook-creation,hook-succeeded', `${kind} goes when all is well`);
      t.equal(policy.includes('hook-failed'), kind !== 'Pod', `${kind}, when it is not`);
    }
  },
);

t.test('all hooks have one name, by which helm test --logs asks for a pod', async (t) => {
  const names = (await hooks()).map(({ metadata }) => metadata.name);
  t.strictSame([...new Set(names)], ['zk-zonekeeper-test']);
});

t.test('neither the Service nor a budget takes the pod for a replica', async (t) => {
  const manifests = await render({}, { hooks: true });
  const { labels } = one(manifests, 'Pod').metadata;
  const { selector = {} } = one<V1Service>(manifests, 'Service').spec ?? {};
  t.notOk(Object.entries(selector).every(([key, value]) => labels[key] === value));
});

t.test('an account that is there is used, and rights can be given by hand', async (t) => {
  const shared = await hooks({ serviceAccount: { create: false, name: 'shared' } });
  t.strictSame(all(shared, 'ServiceAccount'), []);
  t.equal(one<V1Pod>(shared, 'Pod').spec?.serviceAccountName, 'shared');
  t.equal(subject(shared)?.name, 'shared');
  const bare = await hooks({ rbac: { create: false } });
  t.strictSame(
    bare.map(({ kind }) => kind),
    ['ServiceAccount', 'Pod'],
  );
});

t.test('no test where it is turned off, or where no image runs', async (t) => {
  t.strictSame(await hooks({ tests: { enabled: false } }), []);
  const url = 'https://127.0.0.1:8443/mutate';
  t.strictSame(await hooks({ webhook: { url }, deployment: { enabled: false } }), []);
});
