import type { Server } from 'node:https';
import type { ServingCertificate } from '../certs/source.ts';
import type { Log } from '../certs/surroundings.ts';
import type { Metrics } from './server/metrics.ts';
import { serveCertificate } from './server/tls.ts';

/** The certificate that a server shows at this moment, if it has one. */
export class ServedCertificate {
  readonly #metrics: Metrics;
  readonly #log: Log;
  #cert: string | undefined;
  #expiry = new Date(0);

  constructor(metrics: Metrics, log: Log) {
    this.#metrics = metrics;
    this.#log = log;
  }

  /** Shows that one from now on. One that cannot be served is told in the log, and the one before it stays. */
  replace(server: Server, { cert, key }: ServingCertificate): void {
    try {
      this.#expiry = serveCertificate(server, { cert, key });
    } catch (err) {
      this.#log.error({ err }, 'the new certificate cannot be served; the old one stays');
      return;
    }
    this.#cert = cert;
    this.#metrics.certificateServed(this.#expiry);
    this.#log.info({ expires: this.#expiry.toISOString() }, 'serving a certificate');
  }

  /** Why no client can verify the server; `undefined` if nothing stands against it. */
  trouble(now: number): string | undefined {
    if (this.#cert === undefined) return 'there is none yet';
    if (now >= this.#expiry.getTime()) return `it expired at ${this.#expiry.toISOString()}`;
    return undefined;
  }

  /** PEM; `undefined` while there is none. */
  get cert(): string | undefined {
    return this.#cert;
  }
}
