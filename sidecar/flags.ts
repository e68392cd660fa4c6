import { ENV_FILE, ENV_FOLDER, SIDECAR_PORT, STATUS_FILE } from './contract.ts';

/** A flag of the sidecar's command line. */
export interface Flag {
  /** What stands for the value in the usage; none for a switch. */
  readonly value?: string;
  readonly multiple?: true;
  readonly default?: string;
  readonly meaning: string;
}

/** The flags of the container, as the webhook writes them; `--help` and docs/sidecar.md are made from this table. */
export const FLAGS = {
  mount: {
    value: 'PATH',
    multiple: true,
    meaning: 'folder where a SecretProviderClass is mounted; once for each',
  },
  expect: {
    value: 'PATH',
    multiple: true,
    meaning: 'file below a mount that must be there before the application starts',
  },
  variable: {
    value: 'NAME=PATH',
    multiple: true,
    meaning: 'variable with the content of that file, which must be there',
  },
  'file-variable': {
    value: 'NAME=PATH',
    multiple: true,
    meaning: 'variable with the path of that file, which must be there',
  },
  auto: {
    value: 'MOUNT',
    multiple: true,
    meaning: 'mount of which every file becomes a variable: my-secret is MY_SECRET',
  },
  format: {
    value: 'FORMAT',
    default: 'posix',
    meaning: 'grammar of the environment file, as the annotation env-format names it',
  },
  'env-file': {
    value: 'PATH',
    default: `${ENV_FOLDER}/${ENV_FILE}`,
    meaning: 'the environment file; "none" writes none',
  },
  'status-file': {
    value: 'PATH',
    default: `${ENV_FOLDER}/${STATUS_FILE}`,
    meaning: 'the status, the same JSON as GET /status',
  },
  'on-rotation': {
    value: 'none|restart|http=URL',
    default: 'none',
    meaning:
      'what follows a rotation: nothing, exit code 88 for restartPolicyRules, or a POST to the application on loopback',
  },
  object: {
    value: 'ID[#base64|#hex]=PATH',
    multiple: true,
    meaning:
      'Key Vault identifier of what is mounted as that file, with its objectEncoding; for --verify',
  },
  verify: { meaning: 'compare the files with Key Vault through the workload identity of the pod' },
  port: {
    value: 'PORT',
    default: String(SIDECAR_PORT),
    meaning: 'port of /livez, /readyz, /status and /metrics; 0 takes a free one',
  },
  host: {
    value: 'ADDRESS',
    meaning:
      'address to listen at; default: all of the pod, because the kubelet asks from the node',
  },
  help: { meaning: 'print this and exit' },
  version: { meaning: 'print the version and exit' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

/** The values given for each flag, in their order; a switch that is on has one empty value. */
export type Given = ReadonlyMap<FlagName, readonly string[]>;

/** The help text. */
export function usage(): string {
  const rows = Object.entries<Flag>(FLAGS).map(([name, flag]) => {
    const head = flag.value === undefined ? `--${name}` : `--${name}=${flag.value}`;
    const fallback = flag.default === undefined ? '' : ` (default ${flag.default})`;
    return `  ${head.padEnd(36)}${flag.meaning}${fallback}`;
  });
  return `zonekeeper's sidecar\n\n${rows.join('\n')}\n`;
}
