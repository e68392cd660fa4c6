import t from 'tap';
import { neededPermissions, permissionText } from '../../../webhook/controllers/permissions.ts';

const needs = {
  namespace: 'system',
  issuing: { secret: 'certs', lease: 'leader', owner: 'release' },
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
  const issuing = { secret: 'certs', lease: 'leader' };
  const texts = essential(neededPermissions({ ...needs, issuing }));
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
