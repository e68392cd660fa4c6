import { providerFacts } from '../core/secrets/provider-facts.ts';
import type {
  CsiDriverFacts,
  LeaseFacts,
  SecretProviderClassFacts,
  ServiceAccountFacts,
  StorageClassFacts,
} from '../core/view.ts';
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

interface ProviderClass {
  readonly spec?: {
    readonly provider?: string;
    readonly parameters?: Readonly<Record<string, string>>;
  };
}

/** What is kept of a SecretProviderClass (secrets-store.csi.x-k8s.io/v1): never the whole object. */
export function secretProviderClassFacts(object: KubeObject): SecretProviderClassFacts {
  const { provider = '', parameters = {} } = (object as ProviderClass).spec ?? {};
  return providerFacts(provider, parameters);
}

interface CsiDriver {
  readonly spec?: {
    readonly requiresRepublish?: boolean;
    readonly tokenRequests?: readonly { readonly audience?: string }[];
  };
}

/** What is kept of a CSIDriver (storage.k8s.io/v1). */
export function csiDriverFacts(object: KubeObject): CsiDriverFacts {
  const { requiresRepublish = false, tokenRequests = [] } = (object as CsiDriver).spec ?? {};
  return { requiresRepublish, audiences: tokenRequests.map(({ audience = '' }) => audience) };
}

interface ServiceAccount {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
}

/** What Azure Workload Identity is told of a ServiceAccount; `undefined` for nearly all of them: nothing. */
export function serviceAccountFacts(object: KubeObject): ServiceAccountFacts | undefined {
  const { annotations = {} } = (object as ServiceAccount).metadata ?? {};
  const client = annotations['azure.workload.identity/client-id'];
  const tenant = annotations['azure.workload.identity/tenant-id'];
  if (client === undefined && tenant === undefined) return undefined;
  return { ...(client !== undefined && { client }), ...(tenant !== undefined && { tenant }) };
}
