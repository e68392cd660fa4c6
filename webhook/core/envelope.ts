import { type Fields, isFields } from './fields.ts';
import { type Problem, problem } from './problems.ts';

/** The parts of an AdmissionReview request that an admission needs. */
export interface Envelope {
  readonly uid: string;
  readonly operation: string;
  readonly namespace: string;
  readonly name: string;
  readonly dryRun: boolean;
  /** Whether it is for a whole `apps/v1` StatefulSet, not for a subresource or another kind. */
  readonly forStatefulSet: boolean;
  readonly object: unknown;
  readonly oldObject: unknown;
}

export type ReadEnvelope = Envelope | { readonly malformed: Problem };

/** Reads what the API server sends. Only the envelope is judged here, never the objects in it. */
export function readEnvelope(body: unknown): ReadEnvelope {
  if (!isFields(body)) return malformed('(root)', body, 'an object');
  if (body.apiVersion !== 'admission.k8s.io/v1') {
    return malformed('apiVersion', body.apiVersion, 'admission.k8s.io/v1');
  }
  if (body.kind !== 'AdmissionReview') return malformed('kind', body.kind, 'AdmissionReview');
  const { request } = body;
  if (!isFields(request)) return malformed('request', request, 'an object');
  const { uid, operation, kind, namespace, name } = request;
  if (typeof uid !== 'string' || uid === '') return malformed('request.uid', uid, 'a string');
  if (typeof operation !== 'string') return malformed('request.operation', operation, 'a string');
  if (!isFields(kind)) return malformed('request.kind', kind, 'an object');
  return {
    uid,
    operation,
    namespace: typeof namespace === 'string' ? namespace : '',
    name: typeof name === 'string' && name !== '' ? name : nameOf(request.object),
    dryRun: request.dryRun === true,
    forStatefulSet: isStatefulSet(kind) && !request.subResource,
    object: request.object,
    oldObject: request.oldObject,
  };
}

/** With `generateName` the request of a CREATE has no name, and neither has the object. */
function nameOf(object: unknown): string {
  const metadata = isFields(object) && isFields(object.metadata) ? object.metadata : {};
  const { name, generateName } = metadata;
  if (typeof name === 'string') return name;
  return typeof generateName === 'string' ? generateName : '';
}

function isStatefulSet({ group, version, kind }: Fields): boolean {
  return group === 'apps' && version === 'v1' && kind === 'StatefulSet';
}

function malformed(path: string, value: unknown, expected: string): { malformed: Problem } {
  const found = typeof value === 'string' ? `"${value.slice(0, 40)}"` : typeName(value);
  return { malformed: problem('ZK401', { path, found, expected }) };
}

function typeName(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
