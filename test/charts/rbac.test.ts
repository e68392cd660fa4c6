import type { V1ClusterRole, V1PolicyRule, V1Role, V1RoleBinding } from '@kubernetes/client-node';
import t from 'tap';
import { all, type Manifest, one, render } from '../support/chart.ts';

const manifests = await render({}, { release: 'zk', namespace: 'platform' });

const namesOf = (objects: readonly Manifest[], kind: string) =>
  all(objects, kind).map(({ metadata }) => metadata.name);

const configurationVerbs = (objects: readonly Manifest[]) =>
  one<V1ClusterRole>(objects, 'ClusterRole').rules?.find(({ resources }) =>
    resources?.includes('mutatingwebhookconfigurations'),
  )?.verbs;

t.test(
  'cluster-wide it reads, keeps classes of sets, and patches its own configuration',
  async (t) => {
    t.strictSame(one<V1ClusterRole>(manifests, 'ClusterRole').rules, [
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['list', 'watch'] },
      { apiGroups: ['storage.k8s.io'], resources: ['csidrivers'], verbs: ['list', 'watch'] },
      { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['list', 'watch'] },
      { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['list', 'watch'] },
      {
        apiGroups: ['secrets-store.csi.x-k8s.io'],
        resources: ['secretproviderclasses'],
        verbs: ['list', 'watch'],
      },
      {
        apiGroups: ['secrets-store.csi.x-k8s.io'],
        resources: ['secretproviderclasses'],
        verbs: ['get', 'create', 'patch', 'delete'],
      },
      { apiGroups: ['apps'], resources: ['statefulsets'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['apps'], resources: ['controllerrevisions'], verbs: ['list'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] },
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: ['mutatingwebhookconfigurations'],
        resourceNames: ['zk-zonekeeper'],
        verbs: ['list', 'watch', 'patch'],
      },
    ]);
  },
);

t.test('in its namespace it makes a Secret and Leases, and touches its own alone', async (t) => {
  const role = one<V1Role>(manifests, 'Role', 'zk-zonekeeper');
  t.equal(role.metadata.namespace, 'platform');
  t.strictSame(role.rules, [
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: ['zk-zonekeeper-tls'],
      verbs: ['get', 'list', 'watch', 'patch'],
    },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    {
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      resourceNames: ['zk-zonekeeper-certs', 'zk-zonekeeper-classes'],
      verbs: ['get', 'patch'],
    },
    {
      apiGroups: [''],
      resources: ['configmaps'],
      resourceNames: ['zk-zonekeeper'],
      verbs: ['get'],
    },
  ]);
});

t.test('a certificate and classes that others make need no rights in its namespace', async (t) => {
  const secretProviderClasses = { manage: false };
  const own = { mode: 'secret', secretName: 'own' };
  const secret = await render({ certs: own, secretProviderClasses });
  t.strictSame(namesOf(secret, 'Role'), ['zonekeeper-scheduler-leases']);
  t.strictSame(configurationVerbs(secret), ['list', 'watch', 'patch']);
  const certManager = await render({
    certs: { mode: 'certManager', certManager: { renderMode: 'alwaysRender' } },
    secretProviderClasses,
  });
  t.strictSame(namesOf(certManager, 'Role'), ['zonekeeper-scheduler-leases']);
  t.strictSame(configurationVerbs(certManager), ['list', 'watch'], 'it never writes');
});

t.test('no rule holds a wildcard, and nothing but SecretProviderClasses is deleted', async (t) => {
  const rules: V1PolicyRule[] = [
    ...all<V1Role>(manifests, 'Role'),
    ...all<V1ClusterRole>(manifests, 'ClusterRole'),
  ].flatMap((role) => role.rules ?? []);
  const words = rules.flatMap((rule) => [
    ...(rule.apiGroups ?? []),
    ...(rule.resources ?? []),
    ...rule.verbs,
  ]);
  t.notOk(
    words.some((word) => /[*]|^deletecollection$|^escalate$|^bind$|^impersonate$/.test(word)),
  );
  const deleting = rules.filter(({ verbs }) => verbs.includes('delete'));
  t.strictSame(
    deleting.map(({ resources }) => resources),
    [['secretproviderclasses']],
  );
});

t.test('every role is bound to the service account and to nobody else', async (t) => {
  const bindings = [
    ...all<V1RoleBinding>(manifests, 'RoleBinding'),
    ...all<V1RoleBinding>(manifests, 'ClusterRoleBinding'),
  ];
  const roles = [...all<V1Role>(manifests, 'Role'), ...all<V1Role>(manifests, 'ClusterRole')];
  t.strictSame(
    bindings.map(({ roleRef, metadata }) => [roleRef.kind, roleRef.name, metadata.namespace]),
    roles.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace]),
  );
  for (const { subjects } of bindings) {
    t.strictSame(subjects, [
      { kind: 'ServiceAccount', name: 'zk-zonekeeper', namespace: 'platform' },
    ]);
  }
});

t.test('leases are read in kube-system and where profiles have theirs', async (t) => {
  const profiles = {
    a: { schedulerName: 'a', schedulerLease: { namespace: 'batch', name: 'a' } },
    b: { schedulerName: 'b', schedulerLease: { namespace: 'batch', name: 'b' } },
  };
  const roles = all<V1Role>(await render({ config: { profiles } }), 'Role').filter(
    ({ metadata }) => metadata.name === 'zonekeeper-scheduler-leases',
  );
  t.strictSame(
    roles.map(({ metadata }) => metadata.namespace),
    ['batch', 'kube-system'],
  );
  for (const { rules } of roles) {
    t.strictSame(rules, [
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['list', 'watch'] },
    ]);
  }
});

t.test('with rbac.create off nothing is granted', async (t) => {
  const kinds = (await render({ rbac: { create: false } })).map(({ kind }) => kind);
  t.strictSame(
    kinds.filter((kind) => /Role/.test(kind)),
    [],
  );
});

t.test('an existing service account is bound and used, and none is made', async (t) => {
  const objects = await render({ serviceAccount: { create: false, name: 'shared' } });
  t.strictSame(all(objects, 'ServiceAccount'), []);
  t.equal(one<V1RoleBinding>(objects, 'ClusterRoleBinding').subjects?.[0]?.name, 'shared');
  t.match(one(objects, 'Deployment'), {
    spec: { template: { spec: { serviceAccountName: 'shared' } } },
  });
});
