import type { V1ClusterRole, V1Role } from '@kubernetes/client-node';
import t from 'tap';
import {
  neededPermissions,
  type PermissionNeeds,
  permissionText,
} from '../../webhook/controllers/permissions.ts';
import { all, type Manifest, render } from '../support/chart.ts';

/** Everything that roles allow, as one sentence each. */
function granted(objects: readonly Manifest[]): string[] {
  const roles = [...all<V1Role>(objects, 'Role'), ...all<V1ClusterRole>(objects, 'ClusterRole')];
  const each = roles.flatMap(({ metadata, rules = [] }) =>
    rules.flatMap(({ verbs, apiGroups = [], resources = [], resourceNames = [] }) =>
      verbs.flatMap((verb) =>
        (resourceNames.length > 0 ? resourceNames : [undefined]).map((name) => ({
          verb,
          group: apiGroups.join(),
          resource: resources.join(),
          ...(metadata.namespace && { namespace: metadata.namespace }),
          ...(name && { name }),
          essential: false,
        })),
      ),
    ),
  );
  return each.map(permissionText).sort();
}

t.test('what is granted is exactly what the webhook asks for', async (t) => {
  const needs = {
    namespace: 'zk-system',
    webhookConfiguration: 'zonekeeper',
    writesCaBundle: true,
    leaseNamespaces: ['kube-system'],
  };
  const needed = (more: Partial<PermissionNeeds>) =>
    neededPermissions({ ...needs, ...more })
      .map(permissionText)
      .sort();
  const issuing = { secret: 'zonekeeper-tls', lease: 'zonekeeper-certs' };
  const own = { mode: 'secret', secretName: 'own' };
  const certManager = { mode: 'certManager', certManager: { renderMode: 'alwaysRender' } };
  for (const [manage, keeping] of [
    [true, { classLease: 'zonekeeper-classes' }],
    [false, {}],
  ] as const) {
    const secretProviderClasses = { manage };
    const owned = { ...keeping, owner: 'zonekeeper' };
    t.strictSame(granted(await render({ secretProviderClasses })), needed({ issuing, ...owned }));
    const secret = await render({ certs: own, secretProviderClasses });
    t.strictSame(granted(secret), needed(owned));
    const given = await render({ certs: certManager, secretProviderClasses });
    t.strictSame(granted(given), needed({ ...owned, writesCaBundle: false }));
  }
});
