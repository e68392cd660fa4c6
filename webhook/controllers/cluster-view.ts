import type { Surroundings } from '../../certs/surroundings.ts';
import type {
  ClusterView,
  CsiDriverFacts,
  LeaseFacts,
  SecretProviderClassFacts,
  ServiceAccountFacts,
  StorageClassFacts,
} from '../core/view.ts';
import {
  claimClass,
  csiDriverFacts,
  leaseFacts,
  secretProviderClassFacts,
  serviceAccountFacts,
  storageClassFacts,
} from './facts.ts';
import type { Kube } from './kube.ts';
import { type Collection, Reflector } from './reflector.ts';
import { VersionKeeper } from './server-version.ts';

export interface ClusterViewOptions {
  /** Where the Leases of schedulers are; default: `kube-system`. */
  readonly leaseNamespaces?: readonly string[];
}

/** Keeps what the core knows of the cluster. */
export interface ClusterViewKeeper {
  /** Resolves when the signal is aborted; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** What is known at this moment; cheap enough for every review. A part is absent until it was read once. */
  view(): ClusterView;
  /** Is every part known that each cluster has? */
  synced(): boolean;
}

export function clusterViewKeeper(
  kube: Kube,
  options: ClusterViewOptions,
  surroundings: Surroundings,
): ClusterViewKeeper {
  return new WatchedView(kube, options, surroundings);
}

const STORAGE_CLASSES = '/apis/storage.k8s.io/v1/storageclasses';
const CSI_DRIVERS = '/apis/storage.k8s.io/v1/csidrivers';
const CLAIMS = '/api/v1/persistentvolumeclaims';
const SERVICE_ACCOUNTS = '/api/v1/serviceaccounts';
const SECRET_PROVIDER_CLASSES = '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses';

class WatchedView implements ClusterViewKeeper {
  readonly #version: VersionKeeper;
  readonly #storageClasses: Reflector<StorageClassFacts>;
  readonly #claims: Reflector<string>;
  readonly #leases: readonly Reflector<LeaseFacts>[];
  readonly #secretProviderClasses: Reflector<SecretProviderClassFacts>;
  readonly #csiDrivers: Reflector<CsiDriverFacts>;
  readonly #serviceAccounts: Reflector<ServiceAccountFacts>;

  constructor(
    kube: Kube,
    { leaseNamespaces = ['kube-system'] }: ClusterViewOptions,
    surroundings: Surroundings,
  ) {
    this.#version = new VersionKeeper(kube, surroundings);
    const watched = <V>(collection: Collection<V>) => new Reflector(kube, collection, surroundings);
    this.#storageClasses = watched({ path: STORAGE_CLASSES, project: storageClassFacts });
    this.#claims = watched({ path: CLAIMS, project: claimClass });
    this.#leases = leaseNamespaces.map((namespace) => {
      const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
      return watched({ path, project: leaseFacts });
    });
    this.#secretProviderClasses = watched({
      path: SECRET_PROVIDER_CLASSES,
      project: secretProviderClassFacts,
      optional: true,
    });
    this.#csiDrivers = watched({ path: CSI_DRIVERS, project: csiDriverFacts });
    this.#serviceAccounts = watched({ path: SERVICE_ACCOUNTS, project: serviceAccountFacts });
  }

  async run(signal: AbortSignal): Promise<void> {
    const parts = [
      this.#version,
      this.#storageClasses,
      this.#claims,
      ...this.#leases,
      this.#secretProviderClasses,
      this.#csiDrivers,
      this.#serviceAccounts,
    ];
    await Promise.all(parts.map((part) => part.run(signal)));
  }

  view(): ClusterView {
    const version = this.#version.version;
    const storageClasses = this.#storageClasses.items;
    const claims = this.#claims.items;
    const leases = this.#liveLeases();
    const secretProviderClasses = this.#secretProviderClasses.items;
    const csiDrivers = this.#csiDrivers.items;
    const serviceAccounts = this.#serviceAccounts.items;
    return {
      ...(version && { version }),
      ...(storageClasses && { storageClasses }),
      ...(claims && { claims }),
      ...(leases && { leases }),
      ...(secretProviderClasses && { secretProviderClasses }),
      ...(csiDrivers && { csiDrivers }),
      ...(serviceAccounts && { serviceAccounts }),
    };
  }

  synced(): boolean {
    const watched = [this.#storageClasses, this.#claims, ...this.#leases];
    return this.#version.version !== undefined && watched.every(({ items }) => items !== undefined);
  }

  /**
   * A Lease tells by its age, so those of a broken watch are not known: they would look as if every scheduler had
   * stopped.
   */
  #liveLeases(): ReadonlyMap<string, LeaseFacts> | undefined {
    const parts: ReadonlyMap<string, LeaseFacts>[] = [];
    for (const { items, isConnected } of this.#leases) {
      if (!isConnected || items === undefined) return undefined;
      parts.push(items);
    }
    return parts.length === 1 ? parts[0] : new Map(parts.flatMap((part) => [...part]));
  }
}
