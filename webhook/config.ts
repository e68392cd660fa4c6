import { isIP } from 'node:net';
import { type CertificateSettings, certificateSettings } from './certificate-settings.ts';
import { FlagReader } from './flag-reader.ts';
import { type FlagName, readFlags } from './flags.ts';

/** Without a cluster: certificates in a folder, nothing known of a cluster. */
export interface LocalSettings {
  readonly kind: 'local';
  readonly certDir: string;
}

/** In front of an API server, whose webhook configuration holds the CA. */
export interface ClusterSettings {
  readonly kind: 'cluster';
  readonly service: string;
  readonly namespace: string;
  readonly clusterDomain: string;
  readonly certificates: CertificateSettings;
  readonly webhookConfiguration: string;
  /** Lease under which the SecretProviderClasses of sets are kept; absent: somebody else makes them. */
  readonly classLease?: string;
  /** ConfigMap with which Secret and Leases are deleted; absent: they stay. */
  readonly owner?: string;
  /** How to reach the API server; absent: as a pod of the cluster. */
  readonly kubeconfig?: string;
  /** URL of the API server as a pod of the cluster reaches it; absent: by its DNS name. */
  readonly server?: string;
  /** Of the pod, for people who look who leads; absent outside of one. */
  readonly pod?: string;
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
  /** Name of the pod. */
  readonly HOSTNAME?: string | undefined;
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
  'cert-mode',
  'secret',
  'lease',
  'owner',
  'class-lease',
  'ca-overlap',
  'tls-dir',
  'webhook-configuration',
  'kubeconfig',
];

/** Reads the command line into settings, or tells everything that is wrong with it. */
export function parseSettings(args: readonly string[], env: Environment): ParsedSettings {
  const { given, problems } = readFlags(args);
  const reader = new FlagReader(given, [...problems]);
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

function localMode(reader: FlagReader): LocalSettings {
  return Object.freeze({ kind: 'local', certDir: reader.required('cert-dir') });
}

function clusterMode(reader: FlagReader, env: Environment): ClusterSettings {
  const kubeconfig = reader.text('kubeconfig');
  const server = serverOf(env);
  const classLease = reader.has('class-lease') ? reader.name('class-lease') : undefined;
  const owner = ownerOf(reader);
  const service = reader.name('service');
  return Object.freeze({
    kind: 'cluster',
    service,
    namespace: reader.name('namespace', env.POD_NAMESPACE),
    clusterDomain: reader.name('cluster-domain'),
    certificates: certificateSettings(reader, service),
    webhookConfiguration: reader.name('webhook-configuration'),
    ...(classLease === undefined ? {} : { classLease }),
    ...(owner === undefined ? {} : { owner }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(server === undefined ? {} : { server }),
    ...(env.HOSTNAME ? { pod: env.HOSTNAME } : {}),
  });
}

/** Nothing is made that could be owned where certificates are given and classes are somebody else's. */
function ownerOf(reader: FlagReader): string | undefined {
  if (reader.text('cert-mode') !== 'self' && !reader.has('class-lease')) {
    reader.refuse(['owner'], 'needs --cert-mode self or --class-lease');
  }
  return reader.reference('owner', 'ConfigMap/');
}

export function serverOf(env: Environment): string | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (!host) return undefined;
  return `https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
