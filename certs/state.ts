import type { X509Certificate } from 'node:crypto';
import { belongs, readCertificates, writeCertificates } from './inspect.ts';
import type { KeyedCertificate } from './issue.ts';
import type { ServingCertificate } from './source.ts';
import type { Files } from './store.ts';

/** A certificate and the private key that belongs to it (PEM). */
export interface Keyed {
  readonly cert: X509Certificate;
  readonly key: string;
}

/**
 * What is kept of a CA and its leaf, as far as it fits together: a part is absent where the certificate or its key is
 * missing, damaged, or of another pair.
 */
export interface CertState {
  readonly leaf?: Keyed | undefined;
  /** The CA that signs leaves now. */
  readonly issuer?: Keyed | undefined;
  /** The CA that will sign them once all clients are known to trust it: a rotation is under way. */
  readonly next?: Keyed | undefined;
  /** Every CA that clients are to trust. */
  readonly trusted: readonly X509Certificate[];
}

/** Names as cert-manager and kubernetes.io/tls have them; `ca.crt` is the whole bundle. */
const CERT = 'tls.crt';
const KEY = 'tls.key';
const CA_BUNDLE = 'ca.crt';
const CA_KEY = 'ca.key';
const NEXT_CA_KEY = 'next-ca.key';

/** Every file that is kept. */
export const FILE_NAMES: readonly string[] = [CERT, KEY, CA_BUNDLE, CA_KEY, NEXT_CA_KEY];

/** Those that a server needs. */
export const SERVED_FILES: readonly string[] = [CERT, KEY, CA_BUNDLE];

/** Those that are for no eye but the webhook's. */
export const PRIVATE_FILES: readonly string[] = [KEY, CA_KEY, NEXT_CA_KEY];

export function readState(files: Files): CertState {
  const trusted = readCertificates(files[CA_BUNDLE] ?? '').filter(({ ca }) => ca);
  return {
    leaf: pair(readCertificates(files[CERT] ?? ''), files[KEY]),
    issuer: pair(trusted.filter(isRsa), files[CA_KEY]),
    next: pair(trusted.filter(isRsa), files[NEXT_CA_KEY]),
    trusted,
  };
}

/** The files of a state; the CA that signs now comes first in its bundle. */
export function writeState({ leaf, issuer, next, trusted }: CertState): Files {
  const authorities = issuer ? [issuer.cert, ...trusted] : trusted;
  return {
    [CERT]: leaf ? `${leaf.cert}` : '',
    [KEY]: leaf?.key ?? '',
    [CA_BUNDLE]: writeCertificates(authorities),
    ...(issuer && { [CA_KEY]: issuer.key }),
    ...(next && { [NEXT_CA_KEY]: next.key }),
  };
}

/**
 * The files, with the CAs of the good ones where no CA is left to sign with: whoever deletes or damages what is stored
 * gets a new leaf, and clients trust it as before. The very same files where there is nothing to restore.
 */
export function restoreAuthorities(files: Files, good: Files): Files {
  if (readState(files).issuer || !readState(good).issuer) return files;
  const { [CERT]: cert = '', [KEY]: key = '' } = files;
  return { ...good, [CERT]: cert, [KEY]: key };
}

/** Is there a serving key without the key of a CA: nothing that was issued here? */
export function isForeign(files: Files): boolean {
  return Boolean(files[KEY]) && !files[CA_KEY];
}

/** What a server needs of the files. */
export function serving(files: Files): ServingCertificate {
  const { [CERT]: cert = '', [KEY]: key = '', [CA_BUNDLE]: caBundle = '' } = files;
  return { cert, key, caBundle };
}

/** The same, as what the issuer works on. */
export function asPem({ cert, key }: Keyed): KeyedCertificate {
  return { cert: `${cert}`, key };
}

function pair(
  certificates: readonly X509Certificate[],
  key: string | undefined,
): Keyed | undefined {
  if (!key) return undefined;
  const cert = certificates.find((certificate) => belongs(key, certificate));
  return cert && { cert, key };
}

/** node-forge signs with RSA keys only. */
function isRsa({ publicKey }: X509Certificate): boolean {
  return publicKey.asymmetricKeyType === 'rsa';
}
