import type { Clock } from './surroundings.ts';

/** A sleep that can be cut short. A wake that comes while nobody sleeps makes the next sleep end at once. */
export class Wakeup {
  #early = new AbortController();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wake(): void {
    this.#early.abort();
  }

  /** Resolves after so many milliseconds, when woken, or when the signal is aborted. */
  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const early = this.#early.signal;
    if (!early.aborted) {
      await this.#clock.sleep(milliseconds, AbortSignal.any([signal, early]));
    }
    if (early.aborted) this.#early = new AbortController();
  }
}
