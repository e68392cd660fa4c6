import { access as canAccess } from 'node:fs/promises';
import type { Access } from '../controllers/access.ts';
import { inClusterAccess } from '../controllers/in-cluster.ts';
import { type KubeconfigAccess, kubeconfigAccess } from '../controllers/kubeconfig.ts';

/** Where kubeconfigs may be. */
export interface KubeconfigPlaces {
  /** Named by a flag: it must be there. */
  readonly named?: string | undefined;
  /** As `KUBECONFIG` lists them, in their order; empty: not set. Those that are not there do not count. */
  readonly listed: readonly string[];
  /** Where one is if nothing is said. */
  readonly usual: string;
  /** URL of the API server for a pod; absent: its DNS name. */
  readonly server?: string | undefined;
}

/**
 * Access as kubectl finds it: by the flag, by `KUBECONFIG`, by the usual file, else as a pod of the cluster. Rejects if none
 * of it leads to an API server.
 */
export async function access(
  { named, listed, usual, server }: KubeconfigPlaces,
  context: string | undefined,
): Promise<KubeconfigAccess> {
  if (named !== undefined) return kubeconfigAccess(named, context);
  const places = listed.length > 0 ? listed : [usual];
  const there = await Promise.all(places.map(isThere));
  const files = places.filter((_, index) => there[index]);
  if (files.length > 0) return kubeconfigAccess(files, context);
  const inPod: Access = inClusterAccess(server);
  await inPod.options().catch((cause: unknown) => {
    throw new Error(`there is no kubeconfig ${places.join(', ')}`, { cause });
  });
  return inPod;
}

async function isThere(file: string): Promise<boolean> {
  return canAccess(file).then(
    () => true,
    () => false,
  );
}
