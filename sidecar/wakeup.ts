/**
 * Sleeps that can be cut short. A wake that comes while nobody sleeps makes the next sleep end at once, and so does the signal,
 * to which it listens until it is closed: to begin anew with each sleep costs more than all else between a wake and what
 * follows it.
 */
export class Wakeup {
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.#end?.();
  #woken = false;
  #end: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  /** Resolves after so many milliseconds, when woken, or when the signal is aborted; `true` if it was woken. */
  async sleep(milliseconds: number): Promise<boolean> {
    if (!this.#woken && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#end = undefined;
    }
    const woken = this.#woken;
    this.#woken = false;
    return woken;
  }

  /** Lets go of the signal. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}
