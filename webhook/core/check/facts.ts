import type { Configuration } from '../configuration.ts';
import type { Problem } from '../problems.ts';
import type { ClusterView } from '../view.ts';
import type { LabelSelector, Labels } from './selector.ts';

/** What a check knows of a cluster. A part that is `undefined` could not be looked at: `unseen` tells why. */
export interface ClusterFacts {
  /** What the webhook itself would know, of all namespaces or of the one that is checked. */
  readonly view: ClusterView;
  /** Every webhook configuration that holds zonekeeper's webhook. */
  readonly webhooks?: readonly WebhookFacts[];
  /** The Deployment of the webhook; absent also where it runs outside the cluster. */
  readonly deployment?: DeploymentFacts;
  /** What became of a set that was created by a dry run. */
  readonly probe?: ProbeFacts;
  /** What the webhook is configured by, or why that is not known. */
  readonly configuration: Configuration | { readonly unknown: string };
  /** CSIDrivers by name. */
  readonly drivers?: ReadonlyMap<string, CsiDriverFacts>;
  /** Labels of namespaces by name. */
  readonly namespaces?: ReadonlyMap<string, Labels>;
  /** StatefulSets as they are stored, of those namespaces that are checked. */
  readonly statefulSets?: readonly unknown[];
  /** Zones of the volume of each bound claim, by `namespace/name` of the claim; empty where it is bound to none. */
  readonly zonesOfClaims?: ReadonlyMap<string, readonly string[]>;
  /** Whether the API server knows SecretProviderClasses. */
  readonly secretProviderClassesServed?: boolean;
  /** Client id for workload identity of each SecretProviderClass that names one, by `namespace/name`. */
  readonly clientIdsOfClasses?: ReadonlyMap<string, string>;
  /** Client id that each ServiceAccount is annotated with, `''` for none, by `namespace/name`. */
  readonly clientIdsOfAccounts?: ReadonlyMap<string, string>;
  readonly unseen: readonly Problem[];
}

/** One MutatingWebhookConfiguration, as far as it is about zonekeeper. */
export interface WebhookFacts {
  readonly name: string;
  readonly failurePolicy: string;
  readonly matchConditions: readonly MatchCondition[];
  readonly rules: readonly WebhookRule[];
  readonly namespaceSelector: LabelSelector;
  /** When each certificate of the caBundle ends, in milliseconds since the epoch. */
  readonly authorityEnds: readonly number[];
  /** The certificate that is served; only where the webhook is called by URL can it be seen from outside. */
  readonly served?: ServedFacts;
}

export interface MatchCondition {
  readonly name: string;
  /** CEL. */
  readonly expression: string;
}

export interface WebhookRule {
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly operations?: readonly string[];
  readonly resources?: readonly string[];
}

export interface ServedFacts {
  readonly url: string;
  /** In milliseconds since the epoch. */
  readonly ends: number;
  /** Whether the caBundle verifies it. */
  readonly trusted: boolean;
}

export interface DeploymentFacts {
  readonly namespace: string;
  readonly name: string;
  readonly ready: number;
  readonly wanted: number;
}

/** What the API server made of an annotated set that was created by a dry run. */
export type ProbeFacts =
  | {
      readonly outcome: 'injected';
      /** Version of the webhook. */
      readonly by: string | undefined;
      /** Profile that was used. */
      readonly profile: string | undefined;
      readonly storageClassName: string | undefined;
      readonly schedulerName: string | undefined;
    }
  | { readonly outcome: 'passed-by' }
  /** `calling`: it was the webhook that could not be called; else something else refused the set. */
  | {
      readonly outcome: 'refused';
      readonly calling: boolean;
      readonly status: number;
      readonly message: string;
      readonly namespace: string;
    };

export interface CsiDriverFacts {
  readonly requiresRepublish: boolean;
  /** Audiences of `spec.tokenRequests`. */
  readonly audiences: readonly string[];
}

/** How a check is to look at a cluster. */
export interface ClusterQuery {
  /** A kubeconfig file that was named; absent: as kubectl finds one. */
  readonly kubeconfig?: string;
  /** Of the kubeconfig; absent: its current one. */
  readonly context?: string;
  /** Absent: the namespace of the context. */
  readonly namespace?: string;
  readonly allNamespaces: boolean;
  /** Absent: what the ConfigMap of the webhook holds. */
  readonly configuration?: Configuration;
}

/** What was read, or why nothing could be. */
export type ReadCluster =
  | {
      readonly facts: ClusterFacts;
      /** The namespace that was read; absent: all of them. */
      readonly namespace?: string;
      readonly unreachable?: undefined;
    }
  | { readonly unreachable: Problem };
