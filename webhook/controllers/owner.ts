import type { Kube } from './kube.ts';

/**
 * An object of the same namespace with which others go: what refers to it is collected when it is deleted. A ConfigMap,
 * because that needs no rights but to read it.
 */
export interface Owner {
  readonly kind: 'ConfigMap';
  readonly name: string;
}

/** As it stands in `metadata.ownerReferences`. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/**
 * The references with that of the owner, or undefined if they have it already. The owner's uid is read anew each time:
 * what refers to one that was deleted is deleted at once. Rejects if there is no owner, since nothing should outlive it.
 */
export async function addOwner(
  kube: Kube,
  namespace: string,
  owner: Owner | undefined,
  references: readonly OwnerReference[] = [],
): Promise<readonly OwnerReference[] | undefined> {
  if (!owner) return undefined;
  const { kind, name } = owner;
  if (references.some((found) => found.kind === kind && found.name === name)) return undefined;
  const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
  const found = await kube.request({ method: 'GET', path });
  const uid = (found as { metadata?: { uid?: string } }).metadata?.uid ?? '';
  return [...references, { apiVersion: 'v1', kind, name, uid }];
}
