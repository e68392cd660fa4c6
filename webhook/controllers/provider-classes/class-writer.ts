import type { SecretProviderClass } from '../../core/secrets/provider-class.ts';
import type { Kube } from '../kube.ts';
import type { OwnerReference } from '../owner.ts';
import { type ClassFacts, type ClassObject, FIELD_MANAGER, isStatefulSet } from './class-facts.ts';
import type { SetFacts } from './set-facts.ts';

export const GROUP = '/apis/secrets-store.csi.x-k8s.io/v1';

const collectionOf = (namespace: string) =>
  `${GROUP}/namespaces/${namespace}/secretproviderclasses`;
const query = { fieldManager: FIELD_MANAGER };

/**
 * Without `controller`, because the set's controller does not manage it, and without `blockOwnerDeletion`, because the
 * deletion of a set need not wait for it; that would also take a right on `statefulsets/finalizers` where owner references
 * are checked (the plugin OwnerReferencesPermissionEnforcement, on in OpenShift).
 */
function ownerReference({ name, uid }: SetFacts): OwnerReference {
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid };
}

/** Reads one class. Rejects as a request does. */
export async function readClass(
  kube: Kube,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<ClassObject> {
  const path = `${collectionOf(namespace)}/${name}`;
  return (await kube.request({ method: 'GET', path }, signal)) as ClassObject;
}

/** Creates a class, so that it can never take the place of another object: the API server refuses it then (409). */
export async function createClass(
  kube: Kube,
  { metadata, ...rest }: SecretProviderClass,
  set: SetFacts,
  signal: AbortSignal,
): Promise<void> {
  const { namespace } = set;
  const body = {
    ...rest,
    metadata: { ...metadata, namespace, ownerReferences: [ownerReference(set)] },
  };
  await kube.request({ method: 'POST', path: collectionOf(namespace), query, body }, signal);
}

/**
 * Puts a class that was made before back into its state. A patch of the whole `spec`: server-side apply would leave in it
 * what others have added. Labels, annotations and owners of others stay. The API server refuses it (409) if the class is no
 * longer the one that was read.
 */
export async function restoreClass(
  kube: Kube,
  { metadata = {} }: ClassObject,
  wanted: SecretProviderClass,
  set: SetFacts,
  signal: AbortSignal,
): Promise<void> {
  const others = (metadata.ownerReferences ?? []).filter(
    (owner) => !(isStatefulSet(owner) && owner.name === set.name),
  );
  const ownerReferences = [...others, ownerReference(set)];
  const labels = { ...metadata.labels, ...wanted.metadata.labels };
  const body = [
    { op: 'replace', path: '/metadata/resourceVersion', value: metadata.resourceVersion },
    { op: 'add', path: '/metadata/labels', value: labels },
    { op: 'add', path: '/metadata/ownerReferences', value: ownerReferences },
    { op: 'add', path: '/spec', value: wanted.spec },
  ];
  const path = `${collectionOf(set.namespace)}/${wanted.metadata.name}`;
  const contentType = 'application/json-patch+json';
  await kube.request({ method: 'PATCH', path, query, contentType, body }, signal);
}

/** Deletes a class if it is still the one that was seen; else the API server refuses (409). */
export async function deleteClass(
  kube: Kube,
  namespace: string,
  name: string,
  { uid, resourceVersion }: ClassFacts,
  signal: AbortSignal,
): Promise<void> {
  const path = `${collectionOf(namespace)}/${name}`;
  const body = { preconditions: { uid, resourceVersion } };
  await kube.request({ method: 'DELETE', path, body }, signal);
}
