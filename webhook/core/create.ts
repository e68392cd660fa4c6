import type { Annotations } from './annotation-reader.ts';
import { chosenInstead } from './conflicts.ts';
import type { Context } from './context.ts';
import { equal } from './equal.ts';
import { keptSidecar } from './inject/sidecar.ts';
import { type ClaimEntries, claimName, injectClass } from './inject/storage.ts';
import { inspect } from './inspect.ts';
import { type Marker, memoryOf, readMarker, recordOf, unknownFields } from './marker.ts';
import { denied, type Mutation, mutated } from './mutation.ts';
import { planAsMarked, planOf } from './plan.ts';
import { type Problem, problem } from './problems.ts';
import {
  type InjectionRequest,
  missingSwitch,
  readRequest,
  readSwitch,
  requestOf,
} from './request.ts';
import { markedOutOfBounds } from './secrets/marked-vault.ts';
import { longStatusNames } from './secrets/status-names.ts';
import type { StatefulSet } from './statefulset.ts';
import { injectTemplate, stripTemplate } from './template.ts';

/**
 * Injects everything that a set asks for that is being created. A set that comes with a marker was injected before: by
 * an earlier round of this admission, or offline by somebody who committed the result. It keeps what that put in, as long
 * as it is for the same request.
 */
export function mutateCreate(object: StatefulSet, namespace: string, context: Context): Mutation {
  const annotations = object.metadata.annotations ?? {};
  const found = readMarker(object);
  const marker = found === 'broken' ? undefined : found;
  const repaired = found === 'broken' ? [problem('ZK218', {})] : [];
  const optedIn = readSwitch(annotations);
  if (optedIn === false) return createOptedOut(object, marker, repaired);
  const committed = context.offline ? undefined : committedMarker(marker, annotations);
  const { request, denials, warnings } = readRequest(
    annotations,
    namespace,
    context,
    committed?.profile,
  );
  if (optedIn !== true) return denied(object, [optedIn, ...denials], warnings);
  if (request === undefined) return denied(object, denials, warnings);
  const creation = { object, namespace, context, marker, committed, request };
  return injectAll(creation, [...repaired, ...warnings]);
}

interface Creation {
  readonly object: StatefulSet;
  readonly namespace: string;
  readonly context: Context;
  /** What the object says was put in before. */
  readonly marker: Marker | undefined;
  /** The same, if it is to stay. */
  readonly committed: Marker | undefined;
  readonly request: InjectionRequest;
}

function injectAll(creation: Creation, warnings: readonly Problem[]): Mutation {
  const { object, namespace, context, marker, committed, request } = creation;
  const annotations = object.metadata.annotations ?? {};
  const { metadata, spec } = object;
  const plan = committed
    ? planAsMarked(request, metadata, committed, keptSidecar(spec.template, committed.sidecar))
    : planOf(request, metadata);
  const { volumeClaimTemplates } = spec;
  const { claims, entries } = injectClass(volumeClaimTemplates, request.storageClassName.value);
  const template = stripTemplate(spec.template, recordOf(marker));
  const result = injectTemplate(template, plan, (claims ?? []).map(claimName));
  const beyond = committed ? markedOutOfBounds(request, plan.vault, context.configuration) : [];
  const long = longStatusNames(object, namespace, plan.secrets);
  const denials = [...beyond, ...long, ...result.denials];
  if (denials.length > 0) return denied(object, denials, warnings);
  const put: Marker = {
    v: 1,
    by: committed?.by ?? context.version,
    ...((context.offline || committed?.offline) && { offline: true }),
    profile: request.profile.value,
    request: requestOf(annotations),
    claims: { ...confirmed(object, marker), ...entries },
    ...result.record,
    ...unknownFields(marker),
  };
  const parts = { template: result.template, claims, marker: put };
  return mutated(object, parts, 'injected', [
    ...warnings,
    ...chosenInstead(request, parts, result.warnings),
    ...inspect(object, { namespace, request, context, parts, creating: true }),
  ]);
}

/** A marker that is for the very request that the annotations make. */
function committedMarker(marker: Marker | undefined, annotations: Annotations): Marker | undefined {
  return marker !== undefined && equal(marker.request, requestOf(annotations)) ? marker : undefined;
}

/** A copy of a set that was injected once; its classes are remembered, for they can no longer change. */
function createOptedOut(
  object: StatefulSet,
  marker: Marker | undefined,
  repaired: readonly Problem[],
): Mutation {
  const template = stripTemplate(object.spec.template, recordOf(marker));
  const claims = confirmed(object, marker);
  const outcome = template === object.spec.template ? 'untouched' : 'stripped';
  const remembered = memoryOf(claims, marker);
  const parts = { template, claims: object.spec.volumeClaimTemplates, marker: remembered };
  const warnings = [...repaired, ...missingSwitch(object.metadata.annotations ?? {})];
  return mutated(object, parts, outcome, warnings);
}

/** The entries of the marker that the claim templates bear out. */
function confirmed(object: StatefulSet, marker: Marker | undefined): ClaimEntries {
  const { volumeClaimTemplates } = object.spec;
  const stands = ([name, className]: [string, string]) =>
    (volumeClaimTemplates ?? []).some(
      (claim) => claimName(claim) === name && claim.spec.storageClassName === className,
    );
  return Object.fromEntries(Object.entries(marker?.claims ?? {}).filter(stands));
}
