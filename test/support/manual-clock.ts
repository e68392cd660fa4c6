import type { Clock } from '../../certs/surroundings.ts';

/** A clock that moves only when told to. */
export class ManualClock implements Clock {
  #now: number;
  readonly #sleepers = new Map<() => void, number>();
  readonly #observers = new Set<() => void>();

  constructor(now = Date.UTC(2026, 10, 21, 12)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.set(wake, this.#now + milliseconds);
      signal.addEventListener('abort', wake);
      for (const observe of this.#observers) observe();
    });
  }

  /** Moves on and wakes whoever has slept long enough. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const [wake, until] of this.#sleepers) if (until <= this.#now) wake();
  }

  /** Resolves as soon as so many sleep at once. */
  async whenAsleep(count = 1): Promise<void> {
    while (this.#sleepers.size < count) {
      await new Promise<void>((resolve) => {
        const observe = () => {
          this.#observers.delete(observe);
          resolve();
        };
        this.#observers.add(observe);
      });
    }
  }
}
