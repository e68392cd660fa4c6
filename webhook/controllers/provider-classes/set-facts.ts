import { PREFIX } from '../../core/annotations.ts';
import type { StatefulSet } from '../../core/statefulset.ts';
import type { KubeObject } from '../objects.ts';

/** What is kept of a StatefulSet: all of it stands in its metadata. */
export interface SetFacts {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Changes with every write, that of the status included. */
  readonly resourceVersion: string;
  /** Those of zonekeeper alone. */
  readonly annotations: Readonly<Record<string, string>>;
  /** It was told to go. */
  readonly isDeleting: boolean;
}

/** Which set it is, as it was at one moment. */
export type SetIdentity = Pick<SetFacts, 'namespace' | 'name' | 'uid' | 'resourceVersion'>;

interface Metadata {
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
}

/** Undefined for a set that zonekeeper has nothing to do with: most of a cluster's. */
export function setFacts({ metadata }: KubeObject): SetFacts | undefined {
  const { annotations = {}, ...rest } = (metadata ?? {}) as Metadata;
  const own = Object.entries(annotations).filter(([key]) => key.startsWith(PREFIX));
  if (own.length === 0) return undefined;
  const { namespace = '', name = '', uid = '', resourceVersion = '', deletionTimestamp } = rest;
  return {
    namespace,
    name,
    uid,
    resourceVersion,
    annotations: Object.fromEntries(own),
    isDeleting: deletionTimestamp !== undefined,
  };
}

/** The set as far as its classes follow from it. */
export function asStatefulSet({ namespace, name, annotations }: SetFacts): StatefulSet {
  return { metadata: { namespace, name, annotations }, spec: { template: { spec: {} } } };
}
