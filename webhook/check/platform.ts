import { leaseFacts, storageClassFacts } from '../controllers/facts.ts';
import { keyOf } from '../controllers/objects.ts';
import type { ClusterFacts } from '../core/check/facts.ts';
import type { Configuration } from '../core/configuration.ts';
import type { ClusterView, LeaseFacts } from '../core/view.ts';
import { given, type Lookup, mapOf } from './lookup.ts';
import { csiDriverFacts, labelsOf } from './projections.ts';
import { CSI_DRIVERS, LEASES, NAMESPACES, STORAGE_CLASSES } from './resources.ts';

export type Platform = Pick<ClusterFacts, 'drivers' | 'namespaces'> &
  Pick<ClusterView, 'storageClasses'>;

/** What is one for the whole cluster. */
export async function readPlatform(lookup: Lookup): Promise<Platform> {
  const [drivers, namespaces, classes] = await Promise.all([
    lookup.list({ resource: CSI_DRIVERS, lost: 'the CSI drivers' }),
    lookup.list({ resource: NAMESPACES, lost: 'which namespaces the webhook spares' }),
    lookup.list({ resource: STORAGE_CLASSES, lost: 'the StorageClasses' }),
  ]);
  return {
    ...given('drivers', mapOf(drivers, keyOf, csiDriverFacts)),
    ...given('namespaces', mapOf(namespaces, keyOf, labelsOf)),
    ...given('storageClasses', mapOf(classes, keyOf, storageClassFacts)),
  };
}

/** The Leases by which schedulers show that they run: of kube-system and of what the profiles name. */
export async function readLeases(
  lookup: Lookup,
  { profiles }: Configuration,
): Promise<ReadonlyMap<string, LeaseFacts> | undefined> {
  const named = Object.values(profiles).flatMap(({ schedulerLease }) => schedulerLease ?? []);
  const namespaces = new Set(['kube-system', ...named.map(({ namespace }) => namespace)]);
  const lists = await Promise.all(
    [...namespaces].map(async (namespace) => {
      const wanted = { resource: LEASES, namespace, lost: 'whether schedulers run' };
      return mapOf(await lookup.list(wanted), keyOf, leaseFacts);
    }),
  );
  const known = lists.filter((list) => list !== undefined);
  // A Lease that is not known would look as if its scheduler had stopped.
  if (known.length < lists.length) return undefined;
  return new Map(known.flatMap((list) => [...list]));
}
