import { folderStore } from './folder-store.ts';
import type { Policy } from './plan.ts';
import { secretSource } from './secret-source.ts';
import type { CertSource } from './source.ts';
import type { Surroundings } from './surroundings.ts';

export interface FolderSourceOptions {
  /** Holds `tls.crt`, `tls.key`, `ca.crt` and `ca.key`; made if absent. */
  readonly folder: string;
  /** Host names and IP addresses that clients call. */
  readonly hosts: readonly string[];
  /** Lifetimes; default: CA 5 years, leaf 90 days. */
  readonly policy?: Policy;
}

/**
 * Issues its own certificates and keeps them in a folder, for a server that runs without a cluster. Its clients read
 * `ca.crt` there, so a new CA counts as published when it is written.
 */
export function folderSource(
  { folder, ...options }: FolderSourceOptions,
  surroundings: Surroundings,
): CertSource {
  const store = folderStore(folder);
  return secretSource({ ...options, store, isPublished: () => true }, surroundings);
}
