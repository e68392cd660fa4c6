import type { LeaseFacts, StorageClassFacts } from '../core/view.ts';
import type { KubeObject } from './objects.ts';

/** What is kept of a StorageClass (storage.k8s.io/v1). */
export function storageClassFacts(object: KubeObject): StorageClassFacts {
  const { provisioner = '', parameters = {} } = object as Partial<StorageClassFacts>;
  return { provisioner, parameters };
}

interface Claim {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly storageClassName?: string };
}

/** The class of a PersistentVolumeClaim: the beta annotation wins, as it does in Kubernetes 1.36; `''` for none. */
export function claimClass(object: KubeObject): string {
  const { metadata, spec } = object as Claim;
  const beta = metadata?.annotations?.['volume.beta.kubernetes.io/storage-class'];
  return beta ?? spec?.storageClassName ?? '';
}

/** What is kept of a Lease (coordination.k8s.io/v1). */
export function leaseFacts(object: KubeObject): LeaseFacts {
  const { spec } = object as { spec?: { renewTime?: string } };
  return { renewedAt: Date.parse(spec?.renewTime ?? '') || 0 };
}
