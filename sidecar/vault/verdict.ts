import type { VaultReason } from './messages.ts';

/** An object of Key Vault and the file that the driver makes of it. */
export interface VaultObject {
  /**
   * Its Key Vault identifier: `https://VAULT/secrets/NAME`, `certificates` or `keys` in place of `secrets`; with a
   * `/VERSION` if the mount is pinned to one, which is then what the file is compared with.
   */
  readonly id: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** `objectEncoding` of a secret that the provider decodes; default: written as it is. */
  readonly encoding?: 'base64' | 'hex' | undefined;
}

/**
 * What a comparison with Key Vault can tell of a file.
 * - `fresh`: it holds what Key Vault holds.
 * - `drifted`: Key Vault holds something else by now.
 * - `orphaned`: Key Vault does not vouch for it any more: disabled, deleted, expired or not mountable as it is.
 * - `unknown`: it could not be compared; the file may well be up to date.
 */
export type VerdictState = 'fresh' | 'drifted' | 'orphaned' | 'unknown';

/** What was found out about one file. Holds no content of it. */
export interface Verdict extends VaultReason {
  readonly path: string;
  readonly state: VerdictState;
}
