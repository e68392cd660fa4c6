/** Delays of the event loop in nanoseconds, as `monitorEventLoopDelay` of node:perf_hooks keeps them. */
export interface Delays {
  readonly count: number;
  percentile(percentile: number): number;
  reset(): void;
}

/** Judged at the earliest so long after the judgement before, in milliseconds. */
const WINDOW = 1000;

/** Judged by so many turns at least: fewer may all lie in one pause and what it held up. */
const LEAST_TURNS = 5;

/** Tells whether a process has more to do than it can. */
export class EventLoop {
  readonly #delays: Delays;
  readonly #limit: number;
  #judgedAt: number | undefined;
  #overloaded = false;

  /** It is overloaded while half of its turns come later than so many milliseconds. */
  constructor(delays: Delays, limit: number) {
    this.#delays = delays;
    this.#limit = limit;
  }

  /**
   * A single pause does not count: a process that was stopped or starved for a while has caught up after it. Neither does
   * what came before the first question: a process that starts has long turns and nothing to refuse.
   */
  isOverloaded(now: number): boolean {
    if (this.#judgedAt === undefined) this.#begin(now);
    else if (now - this.#judgedAt >= WINDOW && this.#delays.count >= LEAST_TURNS) {
      this.#overloaded = this.#delays.percentile(50) / 1e6 > this.#limit;
      this.#begin(now);
    }
    return this.#overloaded;
  }

  #begin(now: number): void {
    this.#judgedAt = now;
    this.#delays.reset();
  }
}
