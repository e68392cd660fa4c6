import type { Trouble } from './class-keeper.ts';

/** Why the classes of a set are not in order. */
export const REASONS = ['clash', 'refused', 'kind-missing', 'failed'] as const;
export type Reason = Trouble | 'kind-missing' | 'failed';

/** How a replica stands with its work; all zero for one that does not lead. */
export interface ClassStatus {
  /** SecretProviderClasses that were made and exist. */
  readonly managed: number;
  /** StatefulSets whose classes are being brought into order, or wait for it. */
  readonly queued: number;
  /** When the classes of a set were last found or brought in order, as milliseconds since the epoch; 0 for never. */
  readonly succeededAt: number;
  /** How often something was in the way, since the start. */
  readonly errors: Readonly<Record<Reason, number>>;
}

/** Counts what happens to the classes of a replica's sets. */
export class ClassTally {
  readonly errors: Record<Reason, number> = { clash: 0, refused: 0, 'kind-missing': 0, failed: 0 };
  succeededAt = 0;

  failed(reason: Reason): void {
    this.errors[reason] += 1;
  }
}
