import { X509Certificate } from 'node:crypto';
import type { SecureVersion, Server } from 'node:tls';

export const LEAST_TLS: SecureVersion = 'TLSv1.2';

/** A certificate chain and its private key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/**
 * Serves that certificate to every connection from now on; those that are open go on undisturbed. Returns when it
 * expires. Throws, and goes on serving the old one, if certificate and key do not fit.
 */
export function serveCertificate(server: Server, { cert, key }: KeyPair): Date {
  server.setSecureContext({ cert, key, minVersion: LEAST_TLS });
  return new X509Certificate(cert).validToDate;
}
