import type { FlagReader } from './flag-reader.ts';
import type { FlagName } from './flags.ts';

/** The webhook issues its certificates and keeps them in a Secret. */
export interface IssuingSettings {
  readonly mode: 'self';
  readonly secret: string;
  /** Lease under which they are renewed. */
  readonly lease: string;
  /** Seconds for which an old and a new CA are both trusted after a change of the CA. */
  readonly caOverlap: number;
}

/** They come from a mounted folder, and the CA reaches the API server by cert-manager or, with `secret`, by the webhook. */
export interface GivenSettings {
  readonly mode: 'cert-manager' | 'secret';
  readonly tlsDir: string;
}

/** Where the serving certificate comes from. */
export type CertificateSettings = IssuingSettings | GivenSettings;

const ISSUING_ONLY: readonly FlagName[] = ['secret', 'lease', 'ca-overlap'];
const GIVEN_ONLY: readonly FlagName[] = ['tls-dir'];

export function certificateSettings(reader: FlagReader, service: string): CertificateSettings {
  const mode = reader.choice('cert-mode', ['self', 'cert-manager', 'secret']);
  if (mode === 'cert-manager' || mode === 'secret') {
    reader.refuse(ISSUING_ONLY, `goes without --cert-mode ${mode}`);
    return Object.freeze({ mode, tlsDir: reader.required('tls-dir') });
  }
  reader.refuse(GIVEN_ONLY, 'needs --cert-mode cert-manager or secret');
  return Object.freeze({
    mode: 'self',
    secret: reader.name('secret'),
    lease: reader.has('lease') ? reader.name('lease') : `${service}-certs`,
    caOverlap: reader.number('ca-overlap', 999_999, '86400'),
  });
}
