import t from 'tap';
import { neededPermissions, permissionText } from '../../../webhook/controllers/permissions.ts';

const needs = {
  namespace: 'system',
  secret: 'certs',
  leaderLease: 'leader',
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
      'get secrets "certs" in namespace "system"',
      'list secrets "certs" in namespace "system"',
      'watch secrets "certs" in namespace "system"',
      'create secrets in namespace "system"',
      'patch secrets "certs" in namespace "system"',
      'create leases.coordination.k8s.io in namespace "system"',
      'get leases.coordination.k8s.io "leader" in namespace "system"',
      'update leases.coordination.k8s.io "leader" in namespace "system"',
      'list mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
      'watch mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
      'patch mutatingwebhookconfigurations.admissionregistration.k8s.io "hooks"',
    ]);
  },
);

t.test('one that is given them only reads', async (t) => {
  const { leaderLease: _, ...given } = needs;
  const texts = essential(neededPermissions({ ...given, writesCaBundle: false }));
  t.same(
    texts.filter((text) => !/^(get|list|watch) /.test(text)),
    [],
  );
  t.equal(texts.length, 5);
});

t.test('what the view needs costs only warnings', async (t) => {
  const rest = neededPermissions(needs).filter((permission) => !permission.essential);
  t.same(rest.map(permissionText), [
    'list storageclasses.storage.k8s.io',
    'watch storageclasses.storage.k8s.io',
    'list persistentvolumeclaims',
    'watch persistentvolumeclaims',
    'list secretproviderclasses.secrets-store.csi.x-k8s.io',
    'watch secretproviderclasses.secrets-store.csi.x-k8s.io',
    'list leases.coordination.k8s.io in namespace "kube-system"',
    'watch leases.coordination.k8s.io in namespace "kube-system"',
  ]);
});
