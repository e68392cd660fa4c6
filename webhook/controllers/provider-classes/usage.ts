import { SECRETS_STORE_DRIVER } from '../../../sidecar/contract.ts';
import type { PodSpec } from '../../core/statefulset.ts';
import type { Kube } from '../kube.ts';
import type { KubeObject } from '../objects.ts';
import { pages } from '../pages.ts';

/** `spec.selector` of a StatefulSet. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/**
 * Names of the SecretProviderClasses that pods of a set mount now, or that one of its ControllerRevisions names: a rollout
 * can be undone. Both bear the labels that the set selects by; whoever owns them counts, too, since a set adopts them.
 */
export async function classesInUse(
  kube: Kube,
  namespace: string,
  selector: LabelSelector,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const query = { labelSelector: selectorText(selector) };
  const revisions = `/apis/apps/v1/namespaces/${namespace}/controllerrevisions`;
  const ofRevisions = await namesIn(kube, { path: revisions, query }, templateOf, signal);
  return new Set([...ofRevisions, ...(await classesMounted(kube, namespace, query, signal))]);
}

/** Names of the SecretProviderClasses that pods of a namespace mount. */
export async function classesMounted(
  kube: Kube,
  namespace: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  return namesIn(kube, { path, query }, (object) => (object as { spec?: PodSpec }).spec, signal);
}

async function namesIn(
  kube: Kube,
  collection: { readonly path: string; readonly query: Readonly<Record<string, string>> },
  specOf: (object: KubeObject) => PodSpec | undefined,
  signal: AbortSignal,
): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const { items } of pages(kube, collection, signal)) {
    for (const object of items) {
      for (const { csi } of specOf(object)?.volumes ?? []) {
        const name = csi?.volumeAttributes?.secretProviderClass;
        if (csi?.driver === SECRETS_STORE_DRIVER && name !== undefined) names.add(name);
      }
    }
  }
  return names;
}

/** A ControllerRevision of a StatefulSet holds its template. */
function templateOf(object: KubeObject): PodSpec | undefined {
  const { data } = object as { data?: { spec?: { template?: { spec?: PodSpec } } } };
  return data?.spec?.template?.spec;
}

/** As the API takes a selector in a query. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const equalities = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...equalities, ...expressions].join(',');
}
