/** What of a StatefulSet the self-test sends and reads. */
export interface ProbeSet {
  readonly apiVersion: 'apps/v1';
  readonly kind: 'StatefulSet';
  readonly metadata: {
    readonly generateName: string;
    readonly namespace: string;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

const NAME = 'zonekeeper-self-test';
const LABELS = { app: NAME };

/**
 * An annotated StatefulSet that asks for no more than injection: one claim template without a class, no scheduler, no pods.
 * It satisfies Pod Security `restricted` and what AKS's deployment safeguards ask of a workload, so that nothing but the
 * webhook has a say in it.
 */
export function probeSet(namespace: string, image: string): ProbeSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      generateName: `${NAME}-`,
      namespace,
      annotations: { 'zonekeeper.io/inject': 'true' },
    },
    spec: {
      replicas: 0,
      serviceName: NAME,
      selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: podSpec(image) },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  };
}

function podSpec(image: string): object {
  const probe = { exec: { command: ['/bin/true'] } };
  const resources = { cpu: '100m', memory: '128Mi' };
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'app',
        image,
        livenessProbe: probe,
        readinessProbe: probe,
        resources: { requests: resources, limits: resources },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
  };
}
