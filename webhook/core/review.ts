import type { Code } from './catalogue.ts';
import type { Context } from './context.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { isFields } from './fields.ts';
import { mutateCreate, mutateUpdate } from './mutate.ts';
import { denied, type InjectionName, type Mutation, type Outcome } from './mutation.ts';
import { keepOwners } from './owners.ts';
import { makePatch, type Operation } from './patch.ts';
import { type Problem, problem } from './problems.ts';
import { type AdmissionResponse, allow, deny } from './response.ts';
import { checkShape } from './shape.ts';
import { share } from './share.ts';
import type { StatefulSet } from './statefulset.ts';

/** What was done and why, for the log and the metrics: codes and names, no values. */
export interface Report {
  readonly uid: string;
  readonly operation: string;
  readonly namespace: string;
  readonly name: string;
  readonly dryRun: boolean;
  readonly outcome: Outcome;
  readonly injections: readonly InjectionName[];
  /** Of all that was said, each once. */
  readonly codes: readonly Code[];
  readonly patched: boolean;
}

/** An answer to the API server (`admission.k8s.io/v1`). */
export interface AdmissionReview {
  readonly apiVersion: 'admission.k8s.io/v1';
  readonly kind: 'AdmissionReview';
  readonly response: AdmissionResponse;
}

export type Reviewed =
  | { readonly answer: AdmissionReview; readonly report: Report; readonly malformed?: undefined }
  | { readonly malformed: Problem };

/** Answers one AdmissionReview. Whatever the body is, this does not throw. */
export function review(body: unknown, context: Context): Reviewed {
  const envelope = readEnvelope(body);
  if ('malformed' in envelope) return envelope;
  try {
    return answer(envelope, context);
  } catch (error) {
    // The stack is exhausted by values nested thousands deep. The API server sends none: its own parser refuses them.
    if (error instanceof RangeError) return { malformed: problem('ZK401', TOO_DEEP) };
    throw error;
  }
}

const TOO_DEEP = {
  path: 'request',
  found: 'values nested too deeply',
  expected: 'an object that an API server accepts',
};

function answer(envelope: Envelope, context: Context): Reviewed {
  const { mutation, patch } = checked(admit(envelope, context), envelope);
  const response =
    mutation.outcome === 'denied' ? deny(envelope, mutation) : allow(envelope, mutation, patch);
  return {
    answer: { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response },
    report: reportOf(envelope, mutation, patch.length > 0),
  };
}

interface Admitted {
  readonly mutation: Mutation;
  /** What the mutation is to be applied to. */
  readonly before: StatefulSet;
}

function admit({ object, oldObject, ...envelope }: Envelope, context: Context): Admitted {
  const { operation, namespace } = envelope;
  const update = operation === 'UPDATE';
  if (!envelope.forStatefulSet || !(update || operation === 'CREATE') || isBeingDeleted(object)) {
    return leave(NOTHING, []);
  }
  const shape = checkShape(object);
  if (shape.problems !== undefined) return leave(NOTHING, shape.problems);
  const before = shape.statefulSet;
  if (!update) return { mutation: mutateCreate(before, namespace, context), before };
  const stored = checkShape(withTemplateOf(before, oldObject), 'oldObject', before);
  if (stored.problems !== undefined) return leave(before, stored.problems);
  const mutation = mutateUpdate(before, stored.statefulSet, namespace, context);
  const owned = keepOwners(mutation.object, before, stored.statefulSet);
  return { mutation: { ...mutation, object: owned }, before };
}

/**
 * The stored object with the new one's template wherever the two are equal, which is mostly throughout: what they share need
 * be looked at only once.
 */
function withTemplateOf(object: StatefulSet, stored: unknown): unknown {
  if (!isFields(stored) || !isFields(stored.spec)) return stored;
  const { spec } = stored;
  return { ...stored, spec: { ...spec, template: share(spec.template, object.spec.template) } };
}

/** An object of which nothing is known but that it stays as it is. */
const NOTHING: StatefulSet = { metadata: {}, spec: { template: { spec: {} } } };

function leave(before: StatefulSet, denials: readonly Problem[]): Admitted {
  const outcome = denials.length > 0 ? 'denied' : 'untouched';
  return { mutation: { object: before, denials, warnings: [], outcome, injections: [] }, before };
}

/** Nothing may stand in the way of the removal of a finalizer. */
function isBeingDeleted(object: unknown): boolean {
  const { metadata } = (object ?? {}) as { metadata?: { deletionTimestamp?: unknown } | null };
  return metadata?.deletionTimestamp != null;
}

function checked(
  { mutation, before }: Admitted,
  { name }: Envelope,
): { mutation: Mutation; patch: readonly Operation[] } {
  const patch = makePatch(before, mutation.object);
  if (patch !== undefined) return { mutation, patch };
  return { mutation: denied(before, [problem('ZK111', { name })], mutation.warnings), patch: [] };
}

function reportOf(envelope: Envelope, mutation: Mutation, patched: boolean): Report {
  const { uid, operation, namespace, name, dryRun } = envelope;
  const { outcome, injections, denials, warnings } = mutation;
  const codes = [...new Set([...denials, ...warnings].map(({ code }) => code))];
  return { uid, operation, namespace, name, dryRun, outcome, injections, codes, patched };
}
