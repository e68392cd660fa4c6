import type { Problem } from '../messages.ts';
import type { OnRotation } from '../settings.ts';
import type { State } from './state.ts';

/** One mount. Times are ISO 8601. */
export interface MountStatus {
  readonly path: string;
  readonly state: State;
  /** The generation that was read last: the target of `..data`. */
  readonly generation?: string;
  /** When the driver last changed the content; an old one proves nothing, because what does not change is not written. */
  readonly changedAt?: string;
  /** Files of that generation, relative to the mount. */
  readonly files: readonly string[];
  /** Files that are expected and not there. */
  readonly missing: readonly string[];
  readonly problems: readonly Problem[];
}

/** The environment file. */
export interface EnvironmentStatus {
  readonly file: string;
  readonly format: string;
  /** Names in the file, sorted. */
  readonly variables: readonly string[];
  /** When the sidecar last changed it; absent: it found the file as it should be, or has not written it yet. */
  readonly writtenAt?: string;
  /** Whether it is that of the mounted generation. If not, the last good one stands. */
  readonly current: boolean;
  readonly problems: readonly Problem[];
}

/** One file that is compared with Key Vault. */
export interface ObjectStatus {
  readonly path: string;
  readonly state: State;
  readonly code: string;
  readonly message: string;
  readonly since: string;
  /** When it was last compared; absent: never. */
  readonly comparedAt?: string;
}

/** What was done after rotations. */
export interface RotationStatus {
  readonly action: OnRotation['kind'];
  /** Where the application is told, without its query. */
  readonly url?: string;
  /** How many since the container started. */
  readonly count: number;
  readonly lastAt?: string;
  /**
   * Of the last one. `pending`: not told yet; `restarting`: the container ends for it; `restarted`: it did, and was started
   * again.
   */
  readonly outcome?: 'pending' | 'done' | 'failed' | 'restarting' | 'restarted';
  readonly problem?: Problem;
  /** Generation by mount up to which it is done, so that a sidecar that starts again knows what it has missed. */
  readonly generations: Readonly<Record<string, string>>;
}

/** What an earlier container of the pod had done after rotations. */
export type PastRotations = Pick<RotationStatus, 'generations' | 'lastAt' | 'outcome'>;

/** All that the sidecar tells: the body of `GET /status` and the content of `status.json`. */
export interface Status {
  readonly version: string;
  /** The worst of all mounts and of the environment file. */
  readonly state: State;
  readonly since: string;
  /** Why the state is that; absent if it is `fresh`. */
  readonly reason?: Problem;
  /** Whether the first complete delivery was made. It stays so. */
  readonly ready: boolean;
  readonly mounts: readonly MountStatus[];
  /** Absent if none is written. */
  readonly environment?: EnvironmentStatus;
  readonly objects: readonly ObjectStatus[];
  readonly rotation: RotationStatus;
  /** What is wrong beside mounts and environment file. */
  readonly problems: readonly Problem[];
}
