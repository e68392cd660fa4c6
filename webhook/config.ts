import { isIP } from 'node:net';
import { DNS_SUBDOMAIN } from './core/values.ts';
import { FLAGS, type Flag, type FlagName, type Given, readFlags } from './flags.ts';

/** Without a cluster: certificates in a folder, nothing known of a cluster. */
export interface LocalSettings {
  readonly kind: 'local';
  readonly certDir: string;
}

/** In front of an API server: certificates in a Secret, the CA in the webhook configuration. */
export interface ClusterSettings {
  readonly kind: 'cluster';
  readonly service: string;
  readonly namespace: string;
  readonly clusterDomain: string;
  readonly secret: string;
  readonly webhookConfiguration: string;
  /** How to reach the API server; absent: as a pod of the cluster. */
  readonly kubeconfig?: string;
  /** URL of the API server as a pod of the cluster reaches it; absent: by its DNS name. */
  readonly server?: string;
}

/** What the webhook was started with; frozen. */
export interface Settings {
  readonly mode: LocalSettings | ClusterSettings;
  /** Configuration file; absent: the shipped configuration. */
  readonly config?: string;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly opsPort: number;
  /** DNS names and IP addresses in the certificate besides those of the Service or of loopback. */
  readonly sans: readonly string[];
  readonly logLevel: string;
  /** How long to go on serving after a signal to stop. */
  readonly drainSeconds: number;
}

/** The environment variables that are read. */
export interface Environment {
  readonly POD_NAMESPACE?: string | undefined;
  /** Set by the kubelet in every container; AKS puts a host name in it where egress is filtered by name. */
  readonly KUBERNETES_SERVICE_HOST?: string | undefined;
  readonly KUBERNETES_SERVICE_PORT?: string | undefined;
}

export type ParsedSettings =
  | { readonly settings: Settings; readonly problems?: undefined }
  | { readonly problems: readonly string[]; readonly settings?: undefined };

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const LOCAL_ONLY: readonly FlagName[] = ['cert-dir'];
const CLUSTER_ONLY: readonly FlagName[] = [
  'service',
  'namespace',
  'cluster-domain',
  'secret',
  'webhook-configuration',
  'kubeconfig',
];

/** Reads the command line into settings, or tells everything that is wrong with it. */
export function parseSettings(args: readonly string[], env: Environment): ParsedSettings {
  const { given, problems } = readFlags(args);
  const reader = new Reader(given, [...problems]);
  const local = given.has('local');
  reader.refuse(
    local ? CLUSTER_ONLY : LOCAL_ONLY,
    local ? 'goes without --local' : 'needs --local',
  );
  const config = reader.text('config');
  const settings: Settings = {
    mode: local ? localMode(reader) : clusterMode(reader, env),
    ...(config === undefined ? {} : { config }),
    host: reader.host('host') ?? (local ? '127.0.0.1' : '0.0.0.0'),
    port: reader.number('port', 65_535),
    opsPort: reader.number('ops-port', 65_535),
    sans: Object.freeze(reader.hosts('san')),
    logLevel: reader.choice('log-level', LOG_LEVELS),
    drainSeconds: reader.number('drain-seconds', 600, local ? '0' : '10'),
  };
  if (reader.problems.length > 0) return { problems: reader.problems };
  return { settings: Object.freeze(settings) };
}

function localMode(reader: Reader): LocalSettings {
  return Object.freeze({ kind: 'local', certDir: reader.required('cert-dir') });
}

function clusterMode(reader: Reader, env: Environment): ClusterSettings {
  const kubeconfig = reader.text('kubeconfig');
  const server = serverOf(env);
  return Object.freeze({
    kind: 'cluster',
    service: reader.name('service'),
    namespace: reader.name('namespace', env.POD_NAMESPACE),
    clusterDomain: reader.name('cluster-domain'),
    secret: reader.name('secret'),
    webhookConfiguration: reader.name('webhook-configuration'),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(server === undefined ? {} : { server }),
  });
}

export function serverOf(env: Environment): string | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (!host) return undefined;
  return `https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** Reads the values of flags and gathers what is wrong with them. */
class Reader {
  readonly #given: Given;
  readonly problems: string[];

  constructor(given: Given, problems: string[]) {
    this.#given = given;
    this.problems = problems;
  }

  refuse(flags: readonly FlagName[], why: string): void {
    for (const flag of flags) if (this.#given.has(flag)) this.problems.push(`--${flag} ${why}`);
  }

  text(flag: FlagName, fallback?: string): string | undefined {
    const { default: usual }: Flag = FLAGS[flag];
    return this.#given.get(flag)?.[0] ?? (fallback || usual);
  }

  required(flag: FlagName, fallback?: string): string {
    const value = this.text(flag, fallback);
    if (value === undefined) this.problems.push(`--${flag} is missing`);
    return value ?? '';
  }

  name(flag: FlagName, fallback?: string): string {
    const value = this.required(flag, fallback);
    if (value !== '' && (value.length > 253 || !DNS_SUBDOMAIN.test(value))) {
      this.#wrong(flag, value, 'a name of lower case letters, digits, - and .');
    }
    return value;
  }

  number(flag: FlagName, most: number, fallback?: string): number {
    const value = this.required(flag, fallback);
    const whole = /^\d{1,6}$/.test(value) ? Number(value) : Number.POSITIVE_INFINITY;
    if (whole > most) this.#wrong(flag, value, `a whole number from 0 to ${most}`);
    return whole;
  }

  choice(flag: FlagName, known: readonly string[]): string {
    const value = this.required(flag);
    if (!known.includes(value)) this.#wrong(flag, value, `one of ${known.join(', ')}`);
    return value;
  }

  host(flag: FlagName): string | undefined {
    return this.hosts(flag)[0];
  }

  hosts(flag: FlagName): string[] {
    const values = this.#given.get(flag) ?? [];
    for (const value of values) {
      const sound = isIP(value) !== 0 || (value.length <= 253 && DNS_SUBDOMAIN.test(value));
      if (!sound) this.#wrong(flag, value, 'a DNS name or an IP address');
    }
    return [...values];
  }

  #wrong(flag: FlagName, value: string, expected: string): void {
    this.problems.push(`--${flag} is "${value}"; expected ${expected}`);
  }
}
