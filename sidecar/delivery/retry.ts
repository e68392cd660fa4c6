const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/** Repeats what failed, ever more slowly, until it succeeds or the signal is aborted. */
export class Retry {
  readonly #act: () => void;
  readonly #signal: AbortSignal;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(act: () => void, signal: AbortSignal) {
    this.#act = act;
    this.#signal = signal;
    signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
  }

  succeeded(): void {
    this.#failures = 0;
    clearTimeout(this.#timer);
  }

  failed(): void {
    clearTimeout(this.#timer);
    if (this.#signal.aborted) return;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(this.#act, pause);
  }
}
