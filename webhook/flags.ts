import { parseArgs } from 'node:util';

/** A flag of the webhook's command line. */
export interface Flag {
  /** What stands for the value in the usage; none for a switch. */
  readonly value?: string;
  readonly multiple?: true;
  readonly default?: string;
  readonly meaning: string;
}

/** The flags of the webhook; `npm start -- --help` and the documentation are made from this table. */
export const FLAGS = {
  config: {
    value: 'FILE',
    meaning: 'configuration file, read again when it changes; without it the shipped configuration',
  },
  host: {
    value: 'ADDRESS',
    meaning: 'address to listen at; default 0.0.0.0, with --local 127.0.0.1',
  },
  port: {
    value: 'PORT',
    default: '8443',
    meaning: 'port of the webhook (HTTPS); 0 takes a free one',
  },
  'ops-port': {
    value: 'PORT',
    default: '8444',
    meaning: 'port of /livez, /readyz and /metrics (HTTP); 0 takes a free one',
  },
  local: {
    meaning:
      'run on loopback with no cluster: nothing is known of one, and --cert-dir holds the certificates',
  },
  'cert-dir': {
    value: 'DIR',
    meaning: 'with --local: folder of the certificates; its CA is ca.crt',
  },
  service: {
    value: 'NAME',
    meaning: 'Service in front of the webhook, for the names in its certificate',
  },
  namespace: {
    value: 'NAME',
    meaning: 'namespace of the Service and the Secret; default: environment variable POD_NAMESPACE',
  },
  'cluster-domain': {
    value: 'DOMAIN',
    default: 'cluster.local',
    meaning: 'DNS domain of the cluster',
  },
  'cert-mode': {
    value: 'MODE',
    default: 'self',
    meaning:
      'who makes the certificate: self (the webhook), cert-manager, or secret (an administrator)',
  },
  secret: { value: 'NAME', meaning: 'with --cert-mode self: Secret that keeps the certificates' },
  lease: {
    value: 'NAME',
    meaning:
      'with --cert-mode self: Lease under which they are renewed; default the Service, then -certs',
  },
  'class-lease': {
    value: 'NAME',
    meaning:
      'Lease under which the SecretProviderClasses of sets are made and removed; without it they are not',
  },
  owner: {
    value: 'ConfigMap/NAME',
    meaning: 'object with which Secret and Leases are deleted; default none',
  },
  'ca-overlap': {
    value: 'SECONDS',
    meaning:
      'with --cert-mode self: how long an old CA is trusted beside its successor; default 86400',
  },
  'tls-dir': {
    value: 'DIR',
    meaning: 'with the other modes: folder with tls.crt, tls.key and ca.crt, read again on change',
  },
  'webhook-configuration': {
    value: 'NAME',
    meaning: 'MutatingWebhookConfiguration whose caBundle has to hold the CA',
  },
  kubeconfig: {
    value: 'FILE',
    meaning: 'how to reach the API server; default: as a pod of the cluster',
  },
  san: {
    value: 'HOST',
    multiple: true,
    meaning: 'further DNS name or IP address in the certificate; may be repeated',
  },
  'drain-seconds': {
    value: 'SECONDS',
    meaning: 'how long to go on serving after SIGTERM; default 10, with --local 0',
  },
  'log-level': {
    value: 'LEVEL',
    default: 'info',
    meaning: 'trace, debug, info, warn, error, fatal or silent',
  },
  help: { meaning: 'print this and exit' },
  version: { meaning: 'print the version and exit' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

/** The values given for each flag, in their order; a switch that is on has one empty value. */
export type Given = ReadonlyMap<FlagName, readonly string[]>;

export interface ReadFlags {
  readonly given: Given;
  readonly problems: readonly string[];
}

const TABLE: Readonly<Record<string, Flag>> = FLAGS;

/** Sorts a command line by flag and reports everything that is no flag, lacks its value or stands twice. */
export function readFlags(args: readonly string[]): ReadFlags {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(TABLE).map(([name, { value }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const given = new Map<FlagName, string[]>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') problems.push(`"${token.value}" is no flag; see --help`);
    else {
      const trouble = troubleWith(token.name, token.rawName, token.value, given);
      if (trouble !== undefined) problems.push(trouble);
      else
        given.set(token.name as FlagName, [
          ...(given.get(token.name as FlagName) ?? []),
          token.value ?? '',
        ]);
    }
  }
  return { given, problems };
}

function troubleWith(
  name: string,
  rawName: string,
  value: string | undefined,
  given: ReadonlyMap<string, unknown>,
): string | undefined {
  const flag = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (flag === undefined) return `${rawName} is unknown; see --help`;
  if (flag.value === undefined && value !== undefined)
    return `${rawName} takes no value, got "${value}"`;
  if (flag.value !== undefined && (value === undefined || value === '' || value.startsWith('--'))) {
    return `${rawName} has no value; expected ${rawName} ${flag.value}`;
  }
  if (given.has(name) && flag.multiple === undefined)
    return `${rawName} is given twice; expected it once`;
  return undefined;
}

/** The help text. */
export function usage(): string {
  const rows = Object.entries(TABLE).map(([name, flag]) => {
    const head = flag.value === undefined ? `--${name}` : `--${name} ${flag.value}`;
    const fallback = flag.default === undefined ? '' : ` (default ${flag.default})`;
    return `  ${head.padEnd(30)}${flag.meaning}${fallback}`;
  });
  return `zonekeeper's admission webhook\n\n${rows.join('\n')}\n`;
}
