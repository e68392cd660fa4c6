import type { EnvFormat } from './contract.ts';

/** What follows a rotation. */
export type OnRotation =
  | { readonly kind: 'none' }
  /** The container ends with a code by which `restartPolicyRules` restarts all containers of the pod. */
  | { readonly kind: 'restart' }
  /** The application is told at an address on loopback. */
  | { readonly kind: 'http'; readonly url: string };

/** What is mounted as a file. */
export interface MountedObject {
  /** Key Vault identifier, such as `https://contoso.vault.azure.net/secrets/db-password`; with a version if that is pinned. */
  readonly id: string;
  /** The file, absolute. */
  readonly path: string;
  /** The `objectEncoding` of the SecretProviderClass; absent: `utf-8`. */
  readonly encoding?: 'base64' | 'hex';
}

/** What the container is to do. All paths are absolute. */
export interface Settings {
  readonly mounts: readonly string[];
  /** Files that must be there; those of variables besides. */
  readonly expected: readonly string[];
  /** File by the variable that holds its content. */
  readonly variables: ReadonlyMap<string, string>;
  /** File by the variable that holds its path. */
  readonly fileVariables: ReadonlyMap<string, string>;
  /** Mounts of which every file becomes a variable. */
  readonly autoMounts: readonly string[];
  readonly format: EnvFormat;
  /** `undefined`: none is written. */
  readonly envFile: string | undefined;
  readonly statusFile: string;
  readonly onRotation: OnRotation;
  readonly objects: readonly MountedObject[];
  readonly verify: boolean;
  readonly port: number;
  /** `undefined`: every address of the pod. */
  readonly host: string | undefined;
}
