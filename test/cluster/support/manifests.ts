import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

export type Json = Record<string, unknown>;

export type Mount = { name: string; mountPath: string; readOnly?: boolean };

export type Container = Json & { name: string; image: string; volumeMounts?: Mount[] };

export type PodSpec = Json & {
  containers: Container[];
  initContainers?: Container[];
  volumes?: (Json & { name: string })[];
  schedulerName?: string;
  affinity?: Json;
  tolerations?: Json[];
};

export type ClaimTemplate = {
  metadata: { name: string; annotations?: Record<string, string> };
  spec: Json & { storageClassName?: string };
};

/** A StatefulSet as a user writes it, or as the API server stores it. */
export type SetManifest = {
  apiVersion: 'apps/v1';
  kind: 'StatefulSet';
  metadata: {
    name: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    finalizers?: string[];
  };
  spec: Json & {
    replicas: number;
    template: { metadata: Json; spec: PodSpec };
    volumeClaimTemplates: ClaimTemplate[];
  };
};

export type Annotations = Readonly<Record<string, string>>;

export const OPTED_IN: Annotations = { 'zonekeeper.io/inject': 'true' };

/** The annotation that only zonekeeper writes. */
export const MARKER = 'zonekeeper.io/injected';

const MYSQL = path.join(import.meta.dirname, '../../golden/kubernetes-mysql.yaml');

/** Kubernetes' own replicated MySQL, bare or with these annotations. */
export async function mysql(annotations?: Annotations): Promise<SetManifest> {
  const manifest: SetManifest = parse(await readFile(MYSQL, 'utf8'));
  return annotations === undefined ? manifest : annotated(manifest, annotations);
}

/** The same manifest with these annotations and no other. */
export function annotated(manifest: SetManifest, annotations: Annotations): SetManifest {
  return { ...manifest, metadata: { ...manifest.metadata, annotations: { ...annotations } } };
}

/** The same manifest with another pod spec. */
export function withPodSpec(manifest: SetManifest, change: Partial<PodSpec>): SetManifest {
  const { template } = manifest.spec;
  const spec = { ...template.spec, ...change };
  return { ...manifest, spec: { ...manifest.spec, template: { ...template, spec } } };
}

/** One container and one claim template that chooses no class: the least that everything can be injected into. */
export function smallSet(name: string, annotations: Annotations = {}): SetManifest {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, annotations: { ...annotations } },
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'db', image: 'example.test/db:1' }] },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '4Gi' } },
          },
        },
      ],
    },
  };
}
