/** An object of the API as parsed JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A StatefulSet with the defaults that the API server (Kubernetes 1.36) fills in before admission, for the fields that
 * the manifests of this repository use. A cluster test holds it against the real one.
 */
export function defaulted(manifest: Fields, namespace: string): Fields {
  return {
    ...manifest,
    metadata: { namespace, ...fields(manifest.metadata) },
    spec: statefulSetSpec(fields(manifest.spec)),
    status: { replicas: 0, availableReplicas: 0 },
  };
}

function statefulSetSpec(spec: Fields): Fields {
  const template = fields(spec.template);
  return {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    ...spec,
    template: { ...template, spec: podSpec(fields(template.spec)) },
    ...each(spec, 'volumeClaimTemplates', claimTemplate),
  };
}

function podSpec(spec: Fields): Fields {
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
    ...each(spec, 'initContainers', container),
    ...each(spec, 'containers', container),
    ...each(spec, 'volumes', volume),
  };
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

function container(given: Fields): Fields {
  const latest = /:latest$|^[^:]*$/.test(String(given.image));
  const probes = PROBES.filter((name) => name in given).map((name) => [name, probe(given, name)]);
  return {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: latest ? 'Always' : 'IfNotPresent',
    ...given,
    ...each(given, 'ports', (port) => ({ protocol: 'TCP', ...port })),
    ...Object.fromEntries(probes),
  };
}

function probe(container: Fields, name: string): Fields {
  const usual = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  const given = fields(container[name]);
  const httpGet = 'httpGet' in given && { httpGet: { scheme: 'HTTP', ...fields(given.httpGet) } };
  return { ...usual, ...given, ...httpGet };
}

function volume(given: Fields): Fields {
  if (!('projected' in given)) return given;
  return { ...given, projected: { defaultMode: 420, ...fields(given.projected) } };
}

function claimTemplate(given: Fields): Fields {
  return {
    kind: 'PersistentVolumeClaim',
    apiVersion: 'v1',
    ...given,
    spec: { volumeMode: 'Filesystem', ...fields(given.spec) },
    status: { phase: 'Pending' },
  };
}

/** The list of that name with each of its items completed; nothing if there is none. */
function each(owner: Fields, name: string, complete: (item: Fields) => Fields): Fields {
  const list = owner[name];
  return Array.isArray(list) ? { [name]: list.map(complete) } : {};
}

export const fields = (value: unknown): Fields => (value ?? {}) as Fields;
