import type { Configuration } from './configuration.ts';
import type { ClusterView } from './view.ts';

/** All that an admission depends on besides the objects themselves. */
export interface Context {
  readonly configuration: Configuration;
  readonly view: ClusterView;
  /** The time of the request, in milliseconds since the epoch: what the age of a Lease is measured against. */
  readonly now: number;
  /** Version of zonekeeper, for the marker. */
  readonly version: string;
  /**
   * Whether manifests are written rather than admitted: a marker found in one then tells what to take out, and what goes in
   * follows the configuration. In an admission it is what somebody committed, and it stays. Default false.
   */
  readonly offline?: boolean;
  /** Profile of sets that name none; default `default`. The command line sets it, the webhook never does. */
  readonly defaultProfile?: string;
}
