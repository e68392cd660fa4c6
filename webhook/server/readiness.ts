/** Tells why a condition is not met; `undefined` when it is. Asked at each probe, so it must be cheap. */
export type Check = () => string | undefined;

export interface NotReady {
  readonly condition: string;
  readonly reason: string;
}

/** Whether this replica may be called: every condition is met and it is not shutting down. */
export class Readiness {
  readonly #checks: Readonly<Record<string, Check>>;
  #draining = false;

  /** The conditions by name. */
  constructor(checks: Readonly<Record<string, Check>>) {
    this.#checks = checks;
  }

  /** From now on not ready, whatever the conditions say; requests that still come are served. */
  drain(): void {
    this.#draining = true;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Everything that is not met; empty when ready. */
  notReady(): NotReady[] {
    const checks = Object.entries(this.#checks).map(([condition, check]) => ({
      condition,
      reason: check(),
    }));
    if (this.#draining)
      checks.push({ condition: 'serving', reason: 'the process is shutting down' });
    return checks.filter((check): check is NotReady => check.reason !== undefined);
  }
}
