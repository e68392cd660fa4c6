/** What is counted since the container started. */
export interface Tally {
  /** Attempts to bring the environment file to the mounted generation. */
  readonly deliveries: { written: number; unchanged: number; failed: number };
  rotations: number;
  /** Requests that told the application of a rotation. */
  readonly announcements: { accepted: number; failed: number };
}

export function newTally(): Tally {
  return {
    deliveries: { written: 0, unchanged: 0, failed: 0 },
    rotations: 0,
    announcements: { accepted: 0, failed: 0 },
  };
}
