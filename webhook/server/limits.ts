/** How much a server takes on before it answers 429. */
export interface Limits {
  /**
   * Largest body in bytes. The API server accepts objects up to 3 MiB, and a review of an update carries two of them;
   * controller-runtime allows the same 7 MiB.
   */
  readonly bodyBytes: number;
  /** Most requests that are being received or answered. */
  readonly requests: number;
  /** Most bytes that these requests announce, which bounds the memory that unread bodies can take. */
  readonly inFlightBytes: number;
  /** How late half of the turns of the event loop may be, in milliseconds. */
  readonly eventLoopDelay: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  bodyBytes: 7 * 1024 * 1024,
  requests: 1000,
  inFlightBytes: 64 * 1024 * 1024,
  eventLoopDelay: 1000,
});

/** Counts what is being received or answered. */
export class InFlight {
  readonly #limits: Limits;
  #requests = 0;
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get requests(): number {
    return this.#requests;
  }

  /**
   * Takes a request in; the number is what `leave` wants back, `undefined` says that it is one too many. A body of
   * unknown length counts as the largest allowed.
   */
  enter(contentLength: string | undefined): number | undefined {
    const announced = Number(contentLength ?? this.#limits.bodyBytes);
    // What announces more than the limit is refused before it is read.
    const bytes = announced > this.#limits.bodyBytes ? 0 : announced;
    const full =
      this.#requests >= this.#limits.requests ||
      (this.#requests > 0 && this.#bytes + bytes > this.#limits.inFlightBytes);
    if (full) return undefined;
    this.#requests += 1;
    this.#bytes += bytes;
    return bytes;
  }

  leave(bytes: number): void {
    this.#requests -= 1;
    this.#bytes -= bytes;
  }
}
