import type { Server } from 'node:https';
import type { ServingCertificate } from '../certs/source.ts';
import type { Log } from '../certs/surroundings.ts';
import type { Metrics } from './server/metrics.ts';
import { serveCertificate } from './server/tls.ts';

/** The certificate that a server shows at this moment, if it has one. */
export class ServedCertificate {
  readonly #metrics: Metrics;
  readonly #log: Log;
  #served: ServingCertificate | undefined;
  #expiry = new Date(0);

  constructor(metrics: Metrics, log: Log) {
    this.#metrics = metrics;
    this.#log = log;
  }

  /** Shows that one from now on. One that cannot be served is told in the log, and the one before it stays. */
  replace(server: Server, certificate: ServingCertificate): void {
    const { cert, key } = this.#served ?? {};
    if (certificate.cert === cert && certificate.key === key) {
      this.#served = certificate; // Only what clients are to trust has changed.
      return;
    }
    try {
      this.#expiry = serveCertificate(server, certificate);
    } catch (err) {
      this.#log.error({ err }, 'the new certificate cannot be served; the old one stays');
      return;
    }
    this.#served = certificate;
    this.#metrics.certificateServed(this.#expiry);
    this.#log.info({ expires: this.#expiry.toISOString() }, 'serving a certificate');
  }

  /** Why no client can verify the server; `undefined` if nothing stands against it. */
  trouble(now: number): string | undefined {
    if (this.#served === undefined) return 'there is none yet';
    if (now >= this.#expiry.getTime()) return `it expired at ${this.#expiry.toISOString()}`;
    return undefined;
  }

  /** `undefined` while there is none. */
  get served(): ServingCertificate | undefined {
    return this.#served;
  }
}
