import type { State } from './state.ts';

/** What a comparison with Key Vault says of one file. */
export interface Verdict {
  /** Absolute path of the file. */
  readonly path: string;
  readonly state: 'fresh' | 'drifted' | 'orphaned' | 'unknown';
  /** Stable code of the reason. */
  readonly code: string;
  /** One line without the code. */
  readonly reason: string;
}

/** One moment on two clocks. */
export interface Instant {
  /** Milliseconds since 1970; may jump, so it is only shown. */
  readonly wall: number;
  /** Milliseconds of a clock that never jumps, by which durations are measured. */
  readonly monotonic: number;
}

/** What is held of one file after all comparisons so far. */
export interface Finding extends Verdict {
  /** Since when the state is that. */
  readonly since: Instant;
  /** When it was last compared; absent: never. */
  readonly comparedAt?: number;
}

/**
 * How long a drift may last, in milliseconds: the driver asks Key Vault every two minutes by default, or the kubelet asks the
 * driver about every 90 seconds, so after two rounds and some slack a rotation has failed.
 */
export const STALE_AFTER = 2 * 120_000 + 60_000;

/**
 * Takes in a verdict. That Key Vault cannot be asked now does not undo what was found before: a file that differed goes on
 * differing until the mount changes or a comparison says otherwise.
 */
export function fold(before: Finding | undefined, verdict: Verdict, at: Instant): Finding {
  const wasBad = before?.state === 'drifted' || before?.state === 'orphaned';
  if (wasBad && verdict.state === 'unknown') return before;
  const since = before?.state === verdict.state ? before.since : at;
  const comparedAt = verdict.state === 'unknown' ? before?.comparedAt : at.wall;
  return { ...verdict, since, ...(comparedAt === undefined ? {} : { comparedAt }) };
}

/** The state of a file now: a drift that has lasted too long makes it stale. */
export function stateOf({ state, since }: Finding, at: Instant): State {
  const isLong = at.monotonic - since.monotonic >= STALE_AFTER;
  return state === 'drifted' && isLong ? 'stale' : state;
}
