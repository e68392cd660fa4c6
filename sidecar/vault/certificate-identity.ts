import { X509Certificate } from 'node:crypto';

/**
 * What makes a certificate another one than its predecessor, however both are encoded: issuer, serial number and public key.
 * `undefined` for what is no certificate.
 */
export function certificateIdentity(certificate: Buffer | string): Buffer | undefined {
  try {
    const { issuer, serialNumber, publicKey } = new X509Certificate(certificate);
    const key = publicKey.export({ type: 'spki', format: 'der' });
    return Buffer.concat([Buffer.from(`${serialNumber}\n${issuer}\n`), key]);
  } catch {
    return undefined;
  }
}

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The identities of all certificates in a PEM file. */
export function certificatesIn(file: Buffer): Buffer[] {
  if (!file.includes('-----BEGIN CERTIFICATE-----')) return [];
  const blocks = file.toString('latin1').match(BLOCK) ?? [];
  return blocks.map((block) => certificateIdentity(block)).filter((found) => found !== undefined);
}
