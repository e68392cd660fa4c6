import type { Annotations, Container, Mount, PodSpec } from './manifests.ts';

/** What is asked for, what the template has of its own, and what becomes of the pod spec that Kubernetes stores for it. */
export type InjectionCase = {
  readonly asked: Annotations;
  readonly own: Partial<PodSpec>;
  readonly inject: (stored: PodSpec) => void;
};

const GROUP = { key: 'kubernetes.azure.com/ppg', operator: 'In', values: ['near'] };
const ZONES = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['we-1', 'we-2'] };
const ARM = { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] };
const NODE = { key: 'metadata.name', operator: 'In', values: ['node-1'] };

const required = (...nodeSelectorTerms: object[]) => ({
  requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
});
const preferred = {
  preferredDuringSchedulingIgnoredDuringExecution: [
    { weight: 1, preference: { matchExpressions: [ARM] } },
  ],
};

const toleration = (taint: string, tolerationSeconds: number) => ({
  key: `node.kubernetes.io/${taint}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds,
});
const lost = (seconds: number) => [
  toleration('not-ready', seconds),
  toleration('unreachable', seconds),
];
const SPOT = { key: 'spot', operator: 'Exists' };

const volume = (name: string, secretProviderClass: string) => ({
  name,
  csi: {
    driver: 'secrets-store.csi.k8s.io',
    readOnly: true,
    volumeAttributes: { secretProviderClass },
  },
});
const mount = (name: string, mountPath: string): Mount => ({ name, readOnly: true, mountPath });
const DATA = { name: 'data', mountPath: '/var/lib/db' };

function container(name: string, ...volumeMounts: Mount[]): Container {
  const image = `example.test/${name}:1`;
  return volumeMounts.length > 0 ? { name, image, volumeMounts } : { name, image };
}

function mountInto(containers: readonly Container[] | undefined, ...mounts: Mount[]): void {
  for (const one of containers ?? []) one.volumeMounts = [...(one.volumeMounts ?? []), ...mounts];
}

/** Each under the words that tell what is special about it. */
export const INJECTION_CASES: Readonly<Record<string, InjectionCase>> = {
  'a secret class, in every container': {
    asked: { 'secret-provider-class': 'vault', sidecar: 'false' },
    own: {
      initContainers: [container('init')],
      containers: [container('db', DATA), container('backup')],
    },
    inject: (pod) => {
      pod.volumes = [volume('zonekeeper-secrets', 'vault')];
      const mounts = [mount('zonekeeper-secrets', '/mnt/secrets-store')];
      mountInto(pod.initContainers, ...mounts);
      mountInto(pod.containers, ...mounts);
    },
  },
  'two secret classes, in one container, beside a volume of its own': {
    asked: {
      'secret-provider-class': 'blue, green',
      sidecar: 'false',
      'mount-path': '/etc/secrets',
      containers: 'db',
    },
    own: {
      containers: [container('db', DATA), container('backup')],
      volumes: [{ name: 'scratch', emptyDir: {} }],
    },
    inject: (pod) => {
      const names = ['blue', 'green'] as const;
      pod.volumes?.push(...names.map((name) => volume(`zonekeeper-secrets-${name}`, name)));
      const mounts = names.map((name) =>
        mount(`zonekeeper-secrets-${name}`, `/etc/secrets/${name}`),
      );
      mountInto(pod.containers.slice(0, 1), ...mounts);
    },
  },
  'a proximity placement group, where nothing is said of nodes': {
    asked: { 'proximity-placement-group': 'near' },
    own: {},
    inject: (pod) => {
      pod.affinity = { nodeAffinity: required({ matchExpressions: [GROUP] }) };
    },
  },
  'a proximity placement group, beside a preference': {
    asked: { 'proximity-placement-group': 'near' },
    own: { affinity: { nodeAffinity: preferred, podAntiAffinity: {} } },
    inject: (pod) => {
      const nodeAffinity = { ...preferred, ...required({ matchExpressions: [GROUP] }) };
      pod.affinity = { nodeAffinity, podAntiAffinity: {} };
    },
  },
  'a proximity placement group, in each of several alternatives': {
    asked: { 'proximity-placement-group': 'near' },
    own: {
      affinity: {
        nodeAffinity: required(
          { matchExpressions: [ZONES] },
          { matchExpressions: [ARM], matchFields: [NODE] },
        ),
      },
    },
    inject: (pod) => {
      const nodeAffinity = required(
        { matchExpressions: [ZONES, GROUP] },
        { matchExpressions: [ARM, GROUP], matchFields: [NODE] },
      );
      pod.affinity = { nodeAffinity };
    },
  },
  'fast failover, where nothing is tolerated': {
    asked: { 'fast-failover': '30s' },
    own: {},
    inject: (pod) => {
      pod.tolerations = lost(30);
    },
  },
  'fast failover, beside tolerations of its own': {
    asked: { 'fast-failover': '30s' },
    own: { tolerations: [SPOT, toleration('memory-pressure', 5)] },
    inject: (pod) => {
      pod.tolerations?.push(...lost(30));
    },
  },
  'all of it': {
    asked: {
      profile: 'azuredisk-v2',
      'secret-provider-class': 'vault',
      sidecar: 'false',
      'proximity-placement-group': 'near',
      'fast-failover': '1m',
    },
    own: {
      affinity: { nodeAffinity: required({ matchExpressions: [ZONES] }) },
      tolerations: [SPOT],
    },
    inject: (pod) => {
      pod.schedulerName = 'csi-azuredisk-scheduler-extender';
      pod.volumes = [volume('zonekeeper-secrets', 'vault')];
      mountInto(pod.containers, mount('zonekeeper-secrets', '/mnt/secrets-store'));
      pod.affinity = { nodeAffinity: required({ matchExpressions: [ZONES, GROUP] }) };
      pod.tolerations?.push(...lost(60));
    },
  },
};
