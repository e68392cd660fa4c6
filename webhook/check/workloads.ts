import { claimClass, secretProviderClassFacts } from '../controllers/facts.ts';
import { keyOf } from '../controllers/objects.ts';
import type { ClusterFacts } from '../core/check/facts.ts';
import type { ClusterView } from '../core/view.ts';
import { given, type Lookup, mapOf, type Objects } from './lookup.ts';
import { clientIdOfAccount, clientIdOfClass, volumeOf, zonesOf } from './projections.ts';
import {
  CLAIMS,
  SECRET_PROVIDER_CLASSES,
  SERVICE_ACCOUNTS,
  STATEFUL_SETS,
  VOLUMES,
} from './resources.ts';

export type Workloads = Pick<
  ClusterFacts,
  | 'statefulSets'
  | 'zonesOfClaims'
  | 'secretProviderClassesServed'
  | 'clientIdsOfClasses'
  | 'clientIdsOfAccounts'
> &
  Pick<ClusterView, 'claims' | 'secretProviderClasses'>;

/** StatefulSets and what they depend on, in a namespace or in all. */
export async function readWorkloads(
  lookup: Lookup,
  namespace: string | undefined,
): Promise<Workloads> {
  const where = namespace === undefined ? {} : { namespace };
  const [sets, claims, volumes, classes, accounts] = await Promise.all([
    lookup.list({ resource: STATEFUL_SETS, ...where, lost: 'any StatefulSet' }),
    lookup.list({ resource: CLAIMS, ...where, lost: 'the claims of the sets' }),
    lookup.list({ resource: VOLUMES, lost: 'the zones of disks but by their class' }),
    lookup.list({ resource: SECRET_PROVIDER_CLASSES, ...where, lost: 'SecretProviderClasses' }),
    lookup.list({ resource: SERVICE_ACCOUNTS, ...where, lost: 'workload identities' }),
  ]);
  const clientIds = mapOf(classes, keyOf, clientIdOfClass);
  return {
    ...(sets !== undefined && sets !== 'absent' && { statefulSets: sets }),
    ...given('claims', mapOf(claims, keyOf, claimClass)),
    ...given('zonesOfClaims', zonesOfClaims(claims, volumes)),
    ...given('secretProviderClasses', mapOf(classes, keyOf, secretProviderClassFacts)),
    ...given('clientIdsOfAccounts', mapOf(accounts, keyOf, clientIdOfAccount)),
    ...(clientIds && {
      secretProviderClassesServed: classes !== 'absent',
      clientIdsOfClasses: new Map([...clientIds].filter(([, id]) => id !== '')),
    }),
  };
}

function zonesOfClaims(
  claims: Objects,
  volumes: Objects,
): ReadonlyMap<string, readonly string[]> | undefined {
  const zones = mapOf(volumes, keyOf, zonesOf);
  if (zones === undefined) return undefined;
  return mapOf(claims, keyOf, (claim) => zones.get(volumeOf(claim)) ?? []);
}
