import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { certificatesIn } from './certificate-identity.ts';

/** A keyed hash: content can be told apart by it, but nothing about content can be learned or guessed from it. */
export type Fingerprint = Buffer;

/** Makes fingerprints under a key of its own, which never leaves it. */
export class Fingerprints {
  readonly #key = randomBytes(32);

  of(content: Uint8Array): Fingerprint {
    return createHmac('sha256', this.#key).update(content).digest();
  }
}

export function sameContent(one: Fingerprint, other: Fingerprint): boolean {
  return timingSafeEqual(one, other);
}

/** A file without its content. */
export interface FilePrint {
  readonly whole: Fingerprint;
  /** Of every certificate in it, if it is PEM. */
  readonly certificates: readonly Fingerprint[];
}

export function filePrint(content: Buffer, fingerprints: Fingerprints): FilePrint {
  const certificates = certificatesIn(content).map((found) => fingerprints.of(found));
  return { whole: fingerprints.of(content), certificates };
}
