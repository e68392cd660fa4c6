/** The time, in milliseconds since the epoch. */
export interface VerifierClock {
  now(): number;
}

/** No two rounds begin closer to each other, in milliseconds. */
export const SHORTEST_INTERVAL = 5 * 60_000;

/** The first round begins within so many milliseconds: pods that start together do not ask together. */
const FIRST_SPREAD = 60_000;

/** A service that asks for more patience than a day does not mean it. */
const LONGEST_PATIENCE = 86_400_000;

/** When the next round may begin. */
export class Pace {
  readonly #clock: VerifierClock;
  readonly #random: () => number;
  readonly #interval: number;
  #notBefore: number;

  /** @param interval milliseconds between the end of a round and the next, to which up to a fifth is added by chance. */
  constructor(clock: VerifierClock, random: () => number, interval: number) {
    this.#clock = clock;
    this.#random = random;
    this.#interval = interval;
    this.#notBefore = clock.now() + Math.round(random() * FIRST_SPREAD);
  }

  /** Milliseconds until the next round may begin; zero if it may now. */
  delay(): number {
    return Math.max(0, this.#notBefore - this.#clock.now());
  }

  /** @param patience milliseconds that a service asked to be left alone; zero if none did. */
  roundEnded(patience: number): void {
    const wait = Math.max(this.#interval, Math.min(patience, LONGEST_PATIENCE));
    const chance = Math.round(this.#interval * 0.2 * this.#random());
    this.#notBefore = this.#clock.now() + wait + chance;
  }
}

/** Milliseconds that a `Retry-After` asks for: it holds seconds or a date (RFC 9110, 10.2.3). */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const milliseconds = /^\s*\d+\s*$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
