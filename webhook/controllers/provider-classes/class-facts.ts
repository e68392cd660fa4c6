import { createHash } from 'node:crypto';
import type { KubeObject } from '../objects.ts';
import type { OwnerReference } from '../owner.ts';

/** By this name the API server remembers who wrote which field. */
export const FIELD_MANAGER = 'zonekeeper-classes';

/** What is kept of a SecretProviderClass. */
export interface ClassFacts {
  readonly uid: string;
  readonly resourceVersion: string;
  /** The same for the same `spec`, whatever the order of its keys. */
  readonly digest: string;
  /** The StatefulSets that own it; the garbage collector removes a class with the last of its owners. */
  readonly sets: readonly { readonly name: string; readonly uid: string }[];
  /** Did this controller ever write it? */
  readonly isMade: boolean;
  readonly isDeleting: boolean;
}

/** A SecretProviderClass (secrets-store.csi.x-k8s.io/v1), as far as it is read. */
export interface ClassObject extends KubeObject {
  readonly metadata?: KubeObject['metadata'] & {
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly OwnerReference[];
    readonly managedFields?: readonly { readonly manager?: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly spec?: object;
}

export function classFacts(object: KubeObject): ClassFacts {
  const { metadata = {}, spec = {} } = object as ClassObject;
  const { uid = '', resourceVersion = '', ownerReferences = [], managedFields = [] } = metadata;
  return {
    uid,
    resourceVersion,
    digest: digestOf(spec),
    sets: ownerReferences
      .filter(isStatefulSet)
      .map(({ name, uid: owner }) => ({ name, uid: owner })),
    isMade: managedFields.some(({ manager }) => manager === FIELD_MANAGER),
    isDeleting: metadata.deletionTimestamp !== undefined,
  };
}

export function isStatefulSet({ apiVersion, kind }: OwnerReference): boolean {
  return kind === 'StatefulSet' && apiVersion.startsWith('apps/');
}

export function digestOf(spec: object): string {
  return createHash('sha256').update(JSON.stringify(spec, sorted)).digest('base64');
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
