import type { EnvironmentEntry } from '../inject/environment.ts';
import type { SidecarSettings } from '../sidecar-settings.ts';
import type { Identity } from './mounted.ts';

/** The sidecar of a set, with nothing left to decide but what depends on the template. */
export interface SidecarPlan {
  readonly image: string;
  readonly settings: SidecarSettings;
  readonly arguments: readonly string[];
  /** Whether it restarts the whole pod by its exit code. */
  readonly restarts: boolean;
  /** `undefined`: nothing is to be compared with Key Vault. */
  readonly verify: VerifyPlan | undefined;
}

export interface VerifyPlan {
  readonly arguments: readonly string[];
  /** `undefined`: only what the template itself asks workload identity for. */
  readonly identity: Identity | undefined;
}

/** What the set's containers and the sidecar are to hold. */
export interface DeliveryPlan {
  readonly sidecar: SidecarPlan;
  /** `undefined`: the application gets nothing of it. */
  readonly environment: EnvironmentEntry | undefined;
}
