import type { ObjectType } from './secrets/vault-object.ts';
import type { CloudName } from './secrets/vault-source.ts';

/**
 * What the core knows of the cluster: one read-only value, kept by watches and handed in with each review. A part that is
 * `undefined` is not known (no cluster, or its watch has not synced), and nothing is warned about it.
 */
export interface ClusterView {
  /** The API server's version. */
  readonly version?: ClusterVersion;
  /** Every StorageClass by name. */
  readonly storageClasses?: ReadonlyMap<string, StorageClassFacts>;
  /** Leases that show a scheduler to be alive, by `namespace/name`. */
  readonly leases?: ReadonlyMap<string, LeaseFacts>;
  /** Class of each PersistentVolumeClaim by `namespace/name`; `''` where the claim has none. */
  readonly claims?: ReadonlyMap<string, string>;
  /** Every SecretProviderClass by `namespace/name`. */
  readonly secretProviderClasses?: ReadonlyMap<string, SecretProviderClassFacts>;
  /** Every CSIDriver by name. */
  readonly csiDrivers?: ReadonlyMap<string, CsiDriverFacts>;
  /** ServiceAccounts that Azure Workload Identity is told something of, by `namespace/name`. */
  readonly serviceAccounts?: ReadonlyMap<string, ServiceAccountFacts>;
}

export interface ClusterVersion {
  readonly major: number;
  readonly minor: number;
}

export interface StorageClassFacts {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface LeaseFacts {
  /** `spec.renewTime` as milliseconds since the epoch; 0 where it was never renewed. */
  readonly renewedAt: number;
}

export interface SecretProviderClassFacts {
  readonly provider: string;
  /** What follows is known of classes of the provider `azure` only. */
  readonly vault?: string;
  readonly tenant?: string;
  readonly client?: string;
  /** Whether a pod signs in as the client itself, by the token of its service account. */
  readonly federated?: true;
  /** Absent: the public one. */
  readonly cloud?: CloudName;
  /** In the order of the class; absent where the provider cannot read them. */
  readonly objects?: readonly MountedObject[];
  /** Why the provider refuses the class, as far as its parameters tell. */
  readonly refused?: string;
}

/** One file that a class mounts. */
export interface MountedObject {
  readonly type: ObjectType;
  readonly name: string;
  /** Absent: the current one. */
  readonly version?: string;
  /** Path below the mount. */
  readonly file: string;
  /** Absent: 0644. */
  readonly mode?: number;
  /** What the driver decodes the secret from, so that its file may hold any bytes; absent: text as it is. */
  readonly encoding?: 'hex' | 'base64';
}

export interface CsiDriverFacts {
  /** Does the kubelet ask the driver again for volumes that are mounted? */
  readonly requiresRepublish: boolean;
  /** Audiences of the tokens that the driver is given of a pod's service account. */
  readonly audiences: readonly string[];
}

/** Annotations `azure.workload.identity/client-id` and `/tenant-id`. */
export interface ServiceAccountFacts {
  readonly client?: string;
  readonly tenant?: string;
}

/** The view of somebody with no cluster: nothing is known. */
export const EMPTY_VIEW: ClusterView = Object.freeze({});
