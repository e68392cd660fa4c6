import t from 'tap';
import { neededPermissions, permissionText } from '../../../webhook/controllers/permissions.ts';

const needs = {
  namespace: 'system',
  issuing: { secret: 'certs', lease: 'leader' },
  owner: 'release',
  webhookConfiguration: 'hooks',
  writesCaBundle: true,
  leaseNamespaces: ['kube-system'],
};
const essential = (permissions: ReturnType<typeof neededPermissions>) =>
  permissions.filter((permission) => permission.essential).map(permissionText);

t.test(
  'a webhook that issues its certificates writes its Secret, its Lease and its caBundle',
  async (t) => {
    t.same(essential(neededPermissions(needs)), [
      'create secrets in namespace "system"',
      'get secrets "certs" in namespace "system"',
      'list secrets "certs" in namespace "system"',
      'watch secrets "certs" in namespace "system"',
      'patch secrets "certs" in namespace "system"',
      'create leases.coordination.k8s.io in namespace "system"',
      'get leases.coordination.k8s.io "leader" in namespace "system"',
      'patch leases.coordination.k8s.io "leader" in namespace "system"',
      'get configmaps "release" in namespace "system"',
      'list mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
      'watch mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
      'patch mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
    ]);
  },
);

t.test('without an owner no ConfigMap is read', async (t) => {
  const { owner: _, ...ownerless } = needs;
  const texts = essential(neededPermissions(ownerless));
  t.notOk(texts.some((text) => text.includes('configmaps')));
});

t.test('one that is given them reads its configuration only, if need be', async (t) => {
  const { issuing: _, ...given } = needs;
  t.same(essential(neededPermissions({ ...given, writesCaBundle: false })), [
    'list mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
    'watch mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
  ]);
});

t.test('what the view needs costs only warnings', async (t) => {
  const rest = neededPermissions(needs).filter((permission) => !permission.essential);
  t.same(rest.map(permissionText), [
    'list storageclasses.storage.k8s.io',
    'watch storageclasses.storage.k8s.io',
    'list csidrivers.storage.k8s.io',
    'watch csidrivers.storage.k8s.io',
    'list persistentvolumeclaims',
    'watch persistentvolumeclaims',
    'list serviceaccounts',
    'watch serviceaccounts',
    'list secretproviderclasses.secrets-store.csi.x-k8s.io',
    'watch secretproviderclasses.secrets-store.csi.x-k8s.io',
    'list leases.coordination.k8s.io in namespace "kube-system"',
    'watch leases.coordination.k8s.io in namespace "kube-system"',
  ]);
});

const CLASSES = 'secretproviderclasses.secrets-store.csi.x-k8s.io';
const keeping = [
  'get leases.coordination.k8s.io "classes" in namespace "system"',
  'patch leases.coordination.k8s.io "classes" in namespace "system"',
  'get statefulsets.apps',
  'list statefulsets.apps',
  'watch statefulsets.apps',
  'list controllerrevisions.apps',
  'list pods',
  `get ${CLASSES}`,
  `create ${CLASSES}`,
  `patch ${CLASSES}`,
  `delete ${CLASSES}`,
  'create events.events.k8s.io',
];

t.test('who keeps the classes of sets needs more, but serves without it', async (t) => {
  const without = neededPermissions(needs).map(permissionText);
  const more = neededPermissions({ ...needs, classLease: 'classes' });
  const texts = more.map(permissionText);
  t.strictSame(texts, [...without, ...keeping]);
  t.notOk(more.slice(without.length).some((permission) => permission.essential));
});

t.test('who issues no certificates makes the Lease of the classes all the same', async (t) => {
  const { issuing: _, ...given } = needs;
  const more = neededPermissions({ ...given, classLease: 'classes' });
  t.strictSame(more.slice(-keeping.length - 1).map(permissionText), [
    'create leases.coordination.k8s.io in namespace "system"',
    ...keeping,
  ]);
  t.match(
    more.find(({ resource }) => resource === 'configmaps'),
    { verb: 'get', name: 'release', essential: false },
  );
});
