/**
 * Names that the injector writes into a pod template and that the sidecar, and whoever reads the pod, relies on.
 * They are fixed: changing one changes every injected template.
 */

/** The CSI driver that mounts Key Vault objects (secrets-store.csi.x-k8s.io). */
export const SECRETS_STORE_DRIVER = 'secrets-store.csi.k8s.io';

/** Volume of the mounted secrets; with several classes each volume is this name, a dash and the class. */
export const SECRETS_VOLUME = 'zonekeeper-secrets';

/** Where the secrets are mounted unless the annotation `mount-path` says otherwise. */
export const DEFAULT_MOUNT_PATH = '/mnt/secrets-store';

/** The sidecar's container, the first of the init containers. */
export const SIDECAR_NAME = 'zonekeeper-sidecar';

/** Volume in memory that holds what the sidecar writes. */
export const ENV_VOLUME = 'zonekeeper-env';

/** Where that volume is mounted: writable for the sidecar, read-only for the application. */
export const ENV_FOLDER = '/run/zonekeeper';

/** The environment file in `ENV_FOLDER`. */
export const ENV_FILE = 'app.env';

/** The status in `ENV_FOLDER`, the same JSON as `GET /status`. */
export const STATUS_FILE = 'status.json';

/** Names the environment file to the application. */
export const ENV_FILE_VARIABLE = 'ZONEKEEPER_ENV_FILE';

/** Port of `/livez`, `/readyz`, `/status` and `/metrics`. */
export const SIDECAR_PORT = 9809;

/** By this exit code the sidecar has the kubelet restart the whole pod in place (`on-rotation: restart`). */
export const RESTART_EXIT_CODE = 88;

/** Grammars of the environment file that the annotation `env-format` may name. */
export const ENV_FORMATS = [
  'posix',
  'dotenv',
  'node',
  'systemd',
  'docker',
  'java-properties',
  'json',
] as const;

/** `kubernetes` is what `fileKeyRef` reads (Kubernetes 1.35 and later); `env-delivery: kubernetes` implies it. */
export type EnvFormat = (typeof ENV_FORMATS)[number] | 'kubernetes';

/** Names that every target takes for a variable. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The variable that a file becomes under `env: auto`: upper case, `--` as `__`, every other character that a variable
 * cannot have as `_`, and `_` before a digit at the beginning: `my-secret` is `MY_SECRET`. Two files may come to one
 * variable; whoever maps them has to look.
 */
export function variableName(file: string): string {
  const name = file.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase();
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
