import { folderSource } from '../certs/folder-source.ts';
import { authorityExpiry } from '../certs/inspect.ts';
import type { CertSource, ServingCertificate } from '../certs/source.ts';
import type { Surroundings } from '../certs/surroundings.ts';
import type { LocalSettings } from './config.ts';
import { type ClusterView, EMPTY_VIEW } from './core/view.ts';

/** What stands behind the server: where its certificate comes from and what is known of a cluster. */
export interface Backing {
  readonly certificates: CertSource;
  /** What is known at this moment; cheap. */
  readonly view: () => ClusterView;
  /** Why the API server would not trust that certificate; `undefined` if it does. */
  readonly distrust: (certificate: ServingCertificate) => string | undefined;
  /** Has the API server the CA bundle that goes with that certificate? */
  readonly isInSync: (certificate: ServingCertificate) => boolean;
  /** When the CA expires by which the API server trusts that certificate; `NaN` while it does not. */
  readonly authorityExpiry: (certificate: ServingCertificate) => number;
  /** What the process is not allowed to do and cannot serve without, while it starts; `undefined` if nothing. */
  readonly lacks: () => string | undefined;
  /** How many permissions are missing, those included that only cost warnings. */
  readonly missingPermissions: () => number;
  /** To be called whenever another certificate is served. */
  readonly certificateChanged: () => void;
  /** Keeps all of it up to date until the signal aborts; never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** A folder of certificates for loopback, and no cluster. */
export function localBacking(
  { certDir }: LocalSettings,
  sans: readonly string[],
  surroundings: Surroundings,
): Backing {
  return {
    certificates: folderSource({ folder: certDir, hosts: [...LOOPBACK, ...sans] }, surroundings),
    view: () => EMPTY_VIEW,
    distrust: () => undefined,
    isInSync: () => true,
    authorityExpiry: ({ cert, caBundle }) => authorityExpiry(cert, caBundle),
    lacks: () => undefined,
    missingPermissions: () => 0,
    certificateChanged: () => {},
    run: async () => {},
  };
}
