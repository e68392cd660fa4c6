import type { KubeObject } from '../controllers/objects.ts';
import type { CsiDriverFacts } from '../core/check/facts.ts';
import type { Labels } from '../core/check/selector.ts';

/** What a check keeps of single objects. */

export function csiDriverFacts(object: KubeObject): CsiDriverFacts {
  const { spec } = object as {
    spec?: { requiresRepublish?: boolean; tokenRequests?: { audience?: string }[] };
  };
  return {
    requiresRepublish: spec?.requiresRepublish === true,
    audiences: (spec?.tokenRequests ?? []).map(({ audience = '' }) => audience),
  };
}

export function labelsOf({ metadata }: KubeObject): Labels {
  return (metadata as { labels?: Labels } | undefined)?.labels ?? {};
}

/** Name of the volume that a claim is bound to; `''` while it is bound to none. */
export function volumeOf(object: KubeObject): string {
  const { spec } = object as { spec?: { volumeName?: string } };
  return spec?.volumeName ?? '';
}

interface Volume {
  readonly spec?: {
    readonly nodeAffinity?: {
      readonly required?: {
        readonly nodeSelectorTerms?: readonly {
          readonly matchExpressions?: readonly { key?: string; values?: readonly string[] }[];
        }[];
      };
    };
  };
}

/** Zones from which a PersistentVolume can be reached; none where it does not say. Disks of no zone say `''` besides. */
export function zonesOf(object: KubeObject): string[] {
  const terms = (object as Volume).spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const values = terms.flatMap(({ matchExpressions }) =>
    (matchExpressions ?? [])
      .filter(({ key }) => key?.endsWith('/zone'))
      .flatMap(({ values = [] }) => values),
  );
  return [...new Set(values)].filter((value) => value !== '');
}

/** The client id of workload identity that a SecretProviderClass names; `''` for any other identity. */
export function clientIdOfClass(object: KubeObject): string {
  const { spec } = object as { spec?: { parameters?: Readonly<Record<string, string>> } };
  const { clientID = '', usePodIdentity, useVMManagedIdentity } = spec?.parameters ?? {};
  return usePodIdentity === 'true' || useVMManagedIdentity === 'true' ? '' : clientID;
}

/** The client id that a ServiceAccount is annotated with; `''` for none. */
export function clientIdOfAccount({ metadata }: KubeObject): string {
  const { annotations } = (metadata ?? {}) as { annotations?: Readonly<Record<string, string>> };
  return annotations?.['azure.workload.identity/client-id'] ?? '';
}
