/** Time, as it is handed to everything that waits or judges by it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds or as soon as the signal is aborted, whichever is first; never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Where a long-running thing says what happened; a pino logger is one. Fields never hold a secret. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What long-running things take from outside, so that tests can be their world. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in [0, 1) that spreads waiting times, never a secret; default `Math.random`. */
  readonly random?: () => number;
}
