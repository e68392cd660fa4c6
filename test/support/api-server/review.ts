import { randomUUID } from 'node:crypto';
import { defaulted, type Fields, fields } from './defaults.ts';
import { managedBy } from './managed-fields.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const MANAGER = 'kubectl-client-side-apply';
const STATEFUL_SETS = {
  kind: { group: 'apps', version: 'v1', kind: 'StatefulSet' },
  resource: { group: 'apps', version: 'v1', resource: 'statefulsets' },
};

/** The StatefulSet of a manifest as it reaches admission when kubectl creates it with `apply`. */
export function applied(manifest: Fields, namespace = 'default', time = now()): Fields {
  const named = { ...manifest, metadata: { ...fields(manifest.metadata), namespace } };
  const metadata = fields(named.metadata);
  const annotations = { ...fields(metadata.annotations), [LAST_APPLIED]: lastApplied(named) };
  const object = defaulted({ ...named, metadata: { ...metadata, annotations } }, namespace);
  return {
    ...object,
    metadata: { ...fields(object.metadata), managedFields: [managedBy(MANAGER, object, time)] },
  };
}

/** A StatefulSet that passed admission, as the API server keeps it. */
export function stored(admitted: Fields, time = now()): Fields {
  const metadata = {
    ...fields(admitted.metadata),
    uid: randomUUID(),
    resourceVersion: '1',
    generation: 1,
    creationTimestamp: time,
  };
  return { ...admitted, metadata };
}

/** What the API server makes of a manifest that is applied again over a stored set: that set, with the user's fields. */
export function appliedOver(old: Fields, manifest: Fields): Fields {
  const { metadata, spec } = applied(manifest, String(fields(old.metadata).namespace));
  const annotations = {
    ...fields(fields(old.metadata).annotations),
    ...fields(fields(metadata).annotations),
  };
  return {
    ...old,
    metadata: { ...fields(old.metadata), annotations },
    // Lists that are owned as a whole are replaced, the rest is merged: what admission had added stays.
    spec: { ...fields(old.spec), volumeClaimTemplates: fields(spec).volumeClaimTemplates },
  };
}

/** The AdmissionReview of a creation. */
export function reviewOfCreate(object: Fields, dryRun = false): Fields {
  return review('CREATE', object, null, dryRun);
}

/** The AdmissionReview of an update. */
export function reviewOfUpdate(object: Fields, oldObject: Fields): Fields {
  return review('UPDATE', object, oldObject, false);
}

function review(
  operation: string,
  object: Fields,
  oldObject: Fields | null,
  dryRun: boolean,
): Fields {
  const { name, namespace } = fields(object.metadata);
  const options = operation === 'CREATE' ? 'CreateOptions' : 'UpdateOptions';
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: randomUUID(),
      ...STATEFUL_SETS,
      requestKind: STATEFUL_SETS.kind,
      requestResource: STATEFUL_SETS.resource,
      name,
      namespace,
      operation,
      userInfo: { username: 'admin', groups: ['system:masters', 'system:authenticated'] },
      object,
      oldObject,
      dryRun,
      options: {
        kind: options,
        apiVersion: 'meta.k8s.io/v1',
        fieldManager: MANAGER,
        fieldValidation: 'Strict',
      },
    },
  };
}

/** As kubectl writes it: keys sorted, and the characters escaped that Go escapes in JSON. */
function lastApplied(manifest: Fields): string {
  const text = JSON.stringify(
    sorted({ ...manifest, metadata: { annotations: {}, ...fields(manifest.metadata) } }),
  );
  const escaped = (character: string) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${text.replace(/[<>&\u2028\u2029]/g, escaped)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

const now = (): string => `${new Date().toISOString().slice(0, -5)}Z`;
