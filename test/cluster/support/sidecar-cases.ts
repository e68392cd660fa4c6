import type { Annotations, Container, PodSpec } from './manifests.ts';

/** What is asked for, what the template has of its own, and what of the stored pod spec tells that it was fulfilled. */
export type SidecarCase = {
  readonly asked: Annotations;
  readonly own?: Partial<PodSpec>;
  readonly labels?: Readonly<Record<string, string>>;
  /** The sidecar besides what every one has. */
  readonly sidecar: Readonly<Record<string, unknown>>;
  /** What the container `db` gets besides the secrets. */
  readonly db: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly object[];
};

export const VAULT = { 'zonekeeper.io/secret-provider-class': 'vault' };

const FILE = {
  env: [{ name: 'ZONEKEEPER_ENV_FILE', value: '/run/zonekeeper/app.env' }],
  mounts: [{ name: 'zonekeeper-env', readOnly: true, mountPath: '/run/zonekeeper' }],
};

const probe = (path: string, periodSeconds: number, failureThreshold: number) => ({
  httpGet: { path, port: 9809, scheme: 'HTTP' },
  timeoutSeconds: 5,
  periodSeconds,
  successThreshold: 1,
  failureThreshold,
});

/** The sidecar of every case, as the API server is to store it. */
export function sidecarWith(changes: Readonly<Record<string, unknown>>): object {
  return {
    name: 'zonekeeper-sidecar',
    image: 'zonekeeper/sidecar:0.1.0',
    args: ['--mount=/mnt/secrets-store', '--auto=/mnt/secrets-store'],
    restartPolicy: 'Always',
    ports: [{ name: 'zonekeeper', containerPort: 9809, protocol: 'TCP' }],
    resources: { limits: { memory: '96Mi' }, requests: { cpu: '10m', memory: '32Mi' } },
    volumeMounts: [
      { name: 'zonekeeper-secrets', readOnly: true, mountPath: '/mnt/secrets-store' },
      { name: 'zonekeeper-env', mountPath: '/run/zonekeeper' },
      {
        name: 'zonekeeper-env',
        readOnly: true,
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      },
    ],
    livenessProbe: probe('/livez', 20, 3),
    readinessProbe: probe('/readyz', 10, 3),
    startupProbe: probe('/readyz', 1, 120),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    imagePullPolicy: 'IfNotPresent',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...changes,
  };
}

const fileKey = (name: string) => ({
  name,
  valueFrom: {
    fileKeyRef: { volumeName: 'zonekeeper-env', path: 'app.env', key: name, optional: false },
  },
});

const OWN: Container = {
  name: 'db',
  image: 'example.test/db:1',
  env: [{ name: 'URL', value: 'db://$(PASSWORD)@localhost' }],
};

/** Each under the words that tell what is special about it. */
export const SIDECAR_CASES: Readonly<Record<string, SidecarCase>> = {
  'an environment file': { asked: VAULT, sidecar: {}, db: FILE },
  'variables set by the kubelet': {
    asked: {
      ...VAULT,
      'zonekeeper.io/env': 'PASSWORD=password\nCERT_FILE=@tls/cert',
      'zonekeeper.io/env-delivery': 'kubernetes',
    },
    own: { containers: [OWN], initContainers: [{ name: 'init', image: 'example.test/init:1' }] },
    sidecar: {
      args: [
        '--mount=/mnt/secrets-store',
        '--file-variable=CERT_FILE=/mnt/secrets-store/tls/cert',
        '--variable=PASSWORD=/mnt/secrets-store/password',
        '--format=kubernetes',
      ],
    },
    db: { env: [fileKey('CERT_FILE'), fileKey('PASSWORD')], mounts: [] },
  },
  'a restart of all containers after a rotation': {
    asked: { ...VAULT, 'zonekeeper.io/on-rotation': 'restart', 'zonekeeper.io/env': 'A=a, auto' },
    sidecar: {
      args: [
        '--mount=/mnt/secrets-store',
        '--variable=A=/mnt/secrets-store/a',
        '--auto=/mnt/secrets-store',
        '--on-rotation=restart',
      ],
      restartPolicyRules: [
        { action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } },
      ],
    },
    db: FILE,
  },
  'nothing but a status, beside a user that all containers have': {
    asked: { ...VAULT, 'zonekeeper.io/env-delivery': 'none' },
    own: { containers: [{ ...OWN, securityContext: { runAsUser: 999 } }] },
    sidecar: {
      args: ['--mount=/mnt/secrets-store', '--env-file=none'],
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 999,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
    db: { env: [], mounts: [] },
  },
};
