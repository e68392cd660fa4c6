import { createPublicKey, type JsonWebKey } from 'node:crypto';

/**
 * What the Azure provider writes to a file, byte by byte (secrets-store-csi-driver-provider-azure 1.8,
 * pkg/provider/provider.go). `undefined` where it fails.
 */

/** A secret: as it is, or decoded as Go's decoders do: strict, but base64 may have line breaks. */
export function secretBytes(
  value: string,
  encoding: 'base64' | 'hex' | undefined,
): Buffer | undefined {
  if (encoding === undefined) return Buffer.from(value);
  if (encoding === 'hex') {
    return /^(?:[0-9a-f]{2})*$/i.test(value) ? Buffer.from(value, 'hex') : undefined;
  }
  const base64 = value.replace(/[\r\n]/g, '');
  const valid = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
  return valid ? Buffer.from(base64, 'base64') : undefined;
}

/** A certificate: the leaf alone, as PEM. */
export function certificateBytes(der: Uint8Array): Buffer {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g);
  return Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${(lines ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
  );
}

const CURVES: readonly unknown[] = ['P-256', 'P-384', 'P-521'];

/** A key: its public half as PEM, if it is RSA or EC on one of three curves; where it is kept makes no difference. */
export function keyBytes({ kty, n, e, crv, x, y }: JsonWebKey): Buffer | undefined {
  const type = kty?.replace(/-HSM$/, '');
  if (type !== 'RSA' && !(type === 'EC' && CURVES.includes(crv))) return undefined;
  try {
    const key = { kty: type, n, e, crv, x, y } as JsonWebKey;
    const pem = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    return Buffer.from(pem);
  } catch {
    return undefined;
  }
}
