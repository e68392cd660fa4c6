import { backoff } from '../../certs/backoff.ts';
import type { Clock, Surroundings } from '../../certs/surroundings.ts';
import { Wakeup } from '../../certs/wakeup.ts';

/** Does the work of one key. Resolves with the milliseconds after which to do it again, if at all. */
export type Work = (key: string, signal: AbortSignal) => Promise<number | undefined>;

const LONGEST_SLEEP = 3_600_000;

/**
 * Keys that something has to be done about. A key stands in it once, however often it is added, and is worked on by one
 * worker at a time; what is added meanwhile is done afterwards. Work that rejects is done again, ever more slowly.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #random: (() => number) | undefined;
  readonly #workers: number;
  readonly #wakeup: Wakeup;
  readonly #ready = new Set<string>();
  readonly #later = new Map<string, number>();
  readonly #active = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, number>();

  constructor(workers: number, { clock, random }: Surroundings) {
    this.#clock = clock;
    this.#random = random;
    this.#workers = workers;
    this.#wakeup = new Wakeup(clock);
  }

  /** Keys that are being worked on, could be, or were in vain; what merely waits for its time does not count. */
  get length(): number {
    return new Set([...this.#ready, ...this.#active.keys(), ...this.#failures.keys()]).size;
  }

  /** To be worked on after so many milliseconds, or earlier if that was said before. */
  add(key: string, delay = 0): void {
    if (this.#ready.has(key)) return;
    const due = this.#clock.now() + delay;
    if (delay > 0) this.#later.set(key, Math.min(due, this.#later.get(key) ?? due));
    else {
      this.#later.delete(key);
      this.#ready.add(key);
    }
    this.#wakeup.wake();
  }

  /** Resolves when the signal is aborted and nothing is being worked on any more; never rejects. */
  async run(signal: AbortSignal, work: Work): Promise<void> {
    while (!signal.aborted) {
      const next = this.#ripen();
      this.#start(signal, work);
      await this.#wakeup.sleep(next, signal);
    }
    await Promise.all(this.#active.values());
  }

  /** Makes ready whose time has come; returns the milliseconds until the next one's. */
  #ripen(): number {
    const now = this.#clock.now();
    let next = LONGEST_SLEEP;
    for (const [key, due] of this.#later) {
      if (due > now) next = Math.min(next, due - now);
      else {
        this.#later.delete(key);
        this.#ready.add(key);
      }
    }
    return next;
  }

  #start(signal: AbortSignal, work: Work): void {
    for (const key of this.#ready) {
      if (this.#active.size >= this.#workers) return;
      if (this.#active.has(key)) continue;
      this.#ready.delete(key);
      this.#active.set(key, this.#do(key, signal, work));
    }
  }

  async #do(key: string, signal: AbortSignal, work: Work): Promise<void> {
    try {
      const again = await work(key, signal);
      this.#failures.delete(key);
      if (again !== undefined) this.add(key, again);
    } catch {
      const failures = (this.#failures.get(key) ?? 0) + 1;
      this.#failures.set(key, failures);
      this.add(key, backoff(failures, this.#random));
    } finally {
      this.#active.delete(key);
      this.#wakeup.wake();
    }
  }
}
