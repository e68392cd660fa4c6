import type { Surroundings } from './surroundings.ts';

const QUIET_FOR = 60_000;

/** Tells the log when something begins to fail and when it works again, at most once a minute however often it changes. */
export class Outage {
  readonly #surroundings: Surroundings;
  readonly #fields: object;
  readonly #message: string;
  #failures = 0;
  #isTold = false;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** The message says what fails, such as `cannot read the Secret`. */
  constructor(surroundings: Surroundings, message: string, fields: object = {}) {
    this.#surroundings = surroundings;
    this.#message = message;
    this.#fields = fields;
  }

  /** Failures in a row. */
  get failures(): number {
    return this.#failures;
  }

  failed(error: unknown): void {
    const { clock, log } = this.#surroundings;
    this.#failures += 1;
    if (this.#isTold || clock.now() < this.#toldAt + QUIET_FOR) return;
    this.#isTold = true;
    this.#toldAt = clock.now();
    log.error({ ...this.#fields, err: error }, this.#message);
  }

  over(): void {
    const { log } = this.#surroundings;
    if (this.#isTold) {
      log.info({ ...this.#fields, failures: this.#failures }, `over: ${this.#message}`);
    }
    this.#isTold = false;
    this.#failures = 0;
  }
}
