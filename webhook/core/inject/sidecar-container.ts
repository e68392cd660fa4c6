import {
  ENV_FOLDER,
  ENV_VOLUME,
  RESTART_EXIT_CODE,
  SIDECAR_NAME,
  SIDECAR_PORT,
} from '../../../sidecar/contract.ts';
import type { Identity } from '../environment/mounted.ts';
import type { SidecarPlan } from '../environment/plan.ts';
import type { SidecarSettings } from '../sidecar-settings.ts';
import type { Container, EnvVar, PodSpec, Volume, VolumeMount } from '../statefulset.ts';
import type { SecretsEntry } from './secrets.ts';
import { sidecarUser } from './sidecar-user.ts';

/** Name of the sidecar's port, for monitors that look for it. */
export const SIDECAR_PORT_NAME = 'zonekeeper';

/** Volume of the token by which a sidecar signs in to Microsoft Entra. */
export const TOKEN_VOLUME = 'zonekeeper-token';

const TOKEN_FOLDER = '/var/run/secrets/zonekeeper';
const TOKEN_FILE = 'azure-identity-token';

/** What Microsoft Entra accepts a token of a service account for. */
const TOKEN_AUDIENCE = 'api://AzureADTokenExchange';

/** Where the API server's own admission mounts the token of the service account, unless something is mounted there. */
const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The volume in memory. The file and its successor are there at once, 100 secrets have 2.5 MB at most, and what it holds
 * counts as memory of the sidecar.
 */
export const ENV_VOLUME_MADE: Volume = {
  name: ENV_VOLUME,
  emptyDir: { medium: 'Memory', sizeLimit: '16Mi' },
};

export const TOKEN_VOLUME_MADE: Volume = {
  name: TOKEN_VOLUME,
  projected: {
    sources: [
      {
        serviceAccountToken: {
          audience: TOKEN_AUDIENCE,
          expirationSeconds: 3600,
          path: TOKEN_FILE,
        },
      },
    ],
    defaultMode: 420,
  },
};

/** How to verify: by which arguments, and as whom if the sidecar is to sign in by a token of its own. */
export interface Verification {
  readonly arguments: readonly string[];
  readonly identity: Identity | undefined;
}

/** The container with every field as the API server completes it, so that it is stored as it is made. */
export function sidecarContainer(
  spec: PodSpec,
  plan: SidecarPlan,
  secrets: readonly SecretsEntry[],
  verification: Verification | undefined,
): Container {
  const { image, settings, restarts } = plan;
  const identity = verification?.identity;
  const user = sidecarUser(spec);
  // It has more fields than those that the core reads of a container.
  return {
    name: SIDECAR_NAME,
    image,
    args: [...plan.arguments, ...(verification?.arguments ?? [])],
    restartPolicy: 'Always',
    ...(restarts && { restartPolicyRules: [RESTART_RULE] }),
    ports: [{ name: SIDECAR_PORT_NAME, containerPort: SIDECAR_PORT, protocol: 'TCP' }],
    ...(identity && { env: signIn(identity) }),
    resources: resourcesOf(settings),
    volumeMounts: mountsOf(secrets, identity !== undefined),
    livenessProbe: probe('/livez', { periodSeconds: 20, failureThreshold: 3 }),
    readinessProbe: probe('/readyz', { periodSeconds: 10, failureThreshold: 3 }),
    // Holds back every container after it until the first delivery, two minutes at most before it is started anew.
    startupProbe: probe('/readyz', { periodSeconds: 1, failureThreshold: 120 }),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    imagePullPolicy: settings.imagePullPolicy,
    securityContext: {
      ...RESTRICTED,
      ...(user !== undefined && { runAsUser: user }),
    },
  } as Container;
}

/** Pod Security `restricted`, and a file system in which nothing can be left. */
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

const RESTART_RULE = {
  action: 'RestartAllContainers',
  exitCodes: { operator: 'In', values: [RESTART_EXIT_CODE] },
} as const;

/** An empty map is not stored. */
function resourcesOf({ limits, requests }: SidecarSettings) {
  return {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(requests).length > 0 && { requests }),
  };
}

function probe(path: string, pace: { periodSeconds: number; failureThreshold: number }) {
  const httpGet = { path, port: SIDECAR_PORT, scheme: 'HTTP' };
  return { httpGet, timeoutSeconds: 5, ...pace, successThreshold: 1 };
}

function mountsOf(secrets: readonly SecretsEntry[], token: boolean): VolumeMount[] {
  return [
    ...secrets.map(({ volume, path }) => ({ name: volume, readOnly: true, mountPath: path })),
    { name: ENV_VOLUME, mountPath: ENV_FOLDER },
    // It has no business with the API server. Nothing but a mount at this place keeps the token away from one container.
    { name: ENV_VOLUME, readOnly: true, mountPath: SERVICE_ACCOUNT_FOLDER },
    ...(token ? [{ name: TOKEN_VOLUME, readOnly: true, mountPath: TOKEN_FOLDER }] : []),
  ];
}

/** What the client library of Azure reads; the webhook of workload identity sets the same names. */
function signIn({ clientId, tenantId, authority }: Identity): EnvVar[] {
  return [
    ...(authority === undefined ? [] : [{ name: 'AZURE_AUTHORITY_HOST', value: authority }]),
    { name: 'AZURE_CLIENT_ID', value: clientId },
    { name: 'AZURE_TENANT_ID', value: tenantId },
    { name: 'AZURE_FEDERATED_TOKEN_FILE', value: `${TOKEN_FOLDER}/${TOKEN_FILE}` },
  ];
}
