/**
 * The library `zonekeeper/sidecar`: what the sidecar is made of, for applications that do it themselves. It has no global state,
 * logger or timer of its own, touches neither environment nor signals of the process, and whatever runs long takes an
 * `AbortSignal`. Node.js 22 or later.
 */
export { ENV_FORMATS, type EnvFormat, variableName } from './contract.ts';
export { parseEnvFile } from './env/parse.ts';
export { renderEnvFile } from './env/render.ts';
export { EnvSyntaxError } from './env/syntax-error.ts';
export { type Refusal, UnrenderableError } from './env/unrenderable-error.ts';
export { SidecarError } from './error.ts';
export { type WriteOptions, type Written, writeFileAtomic } from './files/write.ts';
export { type StatusSource, statusHandler } from './http/handler.ts';
export { type LoadEnvOptions, type LoadedEnv, loadEnv, type Variables } from './load-env.ts';
export type { Problem } from './messages.ts';
export { type MountStatusOptions, mountStatus } from './mount/mount-status.ts';
export { readSecretMount } from './mount/secret-mount.ts';
export { type WatchOptions, watchSecretMount } from './mount/watch.ts';
export type { SecretSnapshot } from './snapshot.ts';
export type { State } from './status/state.ts';
export type {
  EnvironmentStatus,
  MountStatus,
  ObjectStatus,
  RotationStatus,
  Status,
} from './status/status.ts';
export type { VaultObject, Verdict } from './vault/verdict.ts';
export { createVerifier, type Verifier, type VerifierOptions } from './vault/verifier.ts';
