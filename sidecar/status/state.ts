/**
 * What is known of a mount and of what is made from it, the worst first.
 *
 * - `missing`: nothing is mounted, or an expected file or the environment file is not there
 * - `orphaned`: Key Vault hands out no more what is mounted: the next pod start will fail
 * - `stale`: what the application reads has been older than Key Vault for longer than a rotation takes, or the environment
 *   file cannot be brought to the mounted generation
 * - `drifted`: Key Vault has another value, and a rotation may still bring it
 * - `unknown`: not compared, or Key Vault could not be asked
 * - `fresh`: was found equal at the last comparison
 */
export const STATES = ['missing', 'orphaned', 'stale', 'drifted', 'unknown', 'fresh'] as const;

export type State = (typeof STATES)[number];

/** A state and why it is that. */
export interface Reason {
  readonly state: State;
  /** Stable code of the message. */
  readonly code: string;
  /** One line; never a value of a secret. */
  readonly message: string;
}

/** The reasons with the worst state first; those of equal state keep their order. */
export function worstFirst(reasons: readonly Reason[]): Reason[] {
  return reasons.toSorted((one, other) => rank(one) - rank(other));
}

const rank = ({ state }: Reason): number => STATES.indexOf(state);
