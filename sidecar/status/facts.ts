import type { Problem } from '../messages.ts';
import type { Finding } from './finding.ts';
import type { RotationStatus } from './status.ts';

/** What is known of a mount. */
export interface MountFacts {
  readonly path: string;
  /** The generation that was read last. */
  readonly snapshot?: {
    readonly generation: string;
    readonly changedAt: Date | undefined;
    readonly files: readonly string[];
  };
  /** Files that are expected and not there, relative to the mount. */
  readonly missing: readonly string[];
  /** What keeps it from being read or watched now. */
  readonly problems: readonly Problem[];
}

/** What is known of the environment file. */
export interface EnvironmentFacts {
  readonly file: string;
  readonly format: string;
  readonly variables: readonly string[];
  /** Whether a good one stands there. */
  readonly isThere: boolean;
  /** Whether it is that of the mounted generation. */
  readonly isCurrent: boolean;
  readonly writtenAt?: number;
  /** What keeps it from being that of the mounted generation. */
  readonly problems: readonly Problem[];
}

/** All from which the status is made. */
export interface Facts {
  readonly version: string;
  readonly ready: boolean;
  readonly mounts: readonly MountFacts[];
  readonly environment: EnvironmentFacts | undefined;
  /** `undefined`: files are not compared with Key Vault. */
  readonly comparison: ComparisonFacts | undefined;
  readonly rotation: RotationStatus;
  /** What is wrong beside mounts and environment file. */
  readonly problems: readonly Problem[];
}

/** What is known from Key Vault. */
export interface ComparisonFacts {
  /** Paths of all files that are compared. */
  readonly objects: readonly string[];
  readonly findings: ReadonlyMap<string, Finding>;
}
