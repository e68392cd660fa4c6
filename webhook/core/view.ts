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
  /** Every SecretProviderClass as `namespace/name`. */
  readonly secretProviderClasses?: ReadonlySet<string>;
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

/** The view of somebody with no cluster: nothing is known. */
export const EMPTY_VIEW: ClusterView = Object.freeze({});
