import { chosenInstead } from './conflicts.ts';
import type { Context } from './context.ts';
import { choosesClass, claimName } from './inject/storage.ts';
import { inspect } from './inspect.ts';
import { keep, keepDespite } from './keep.ts';
import { type Marker, memoryOf, unknownFields } from './marker.ts';
import { denied, type Mutation, mutated } from './mutation.ts';
import { accepting, planAsMarked, planOf, type TemplatePlan } from './plan.ts';
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
import { share } from './share.ts';
import {
  broughtBack,
  lostFields,
  type Situation,
  sameAsStored,
  sidecarOf,
  situationOf,
  stripped,
} from './situation.ts';
import type { StatefulSet } from './statefulset.ts';
import { injectTemplate } from './template.ts';

/**
 * Mutates a set that is stored already. Nothing but the user's own change of template or annotations changes an injected
 * template, and whatever was accepted once is accepted again: what cannot change is carried over from the stored set,
 * and annotations that have not changed never deny.
 */
export function mutateUpdate(
  object: StatefulSet,
  stored: StatefulSet,
  namespace: string,
  context: Context,
): Mutation {
  const situation = situationOf(object, stored, namespace, context);
  const optedIn = readSwitch(situation.annotations);
  if (optedIn === false) return optOut(situation);
  const { committed, marker, unchanged } = situation;
  const profile = (committed ?? (unchanged ? marker : undefined))?.profile;
  const { request, denials, warnings } = readRequest(
    situation.annotations,
    namespace,
    context,
    profile,
  );
  const all = optedIn === true ? denials : [optedIn, ...denials];
  if (request === undefined || all.length > 0) {
    return unchanged ? keepDespite(situation, all, warnings) : denied(object, all, warnings);
  }
  return nothingNew(situation)
    ? keep(situation, request, warnings)
    : injectAfresh(situation, request, warnings);
}

/** Cleans the template. The classes stay, and so does the memory of them: the API server calls again because of it. */
function optOut(situation: Situation): Mutation {
  const { object, annotations, record, classes, claims } = situation;
  const template = stripped(situation);
  const marker = memoryOf(classes, situation.came ?? situation.marker);
  // Told by what was put in, not by what is found: a second round of the admission finds it gone.
  const outcome = Object.keys(record).length > 0 ? 'stripped' : marker ? 'kept' : 'untouched';
  const warnings = [
    ...situation.warnings,
    ...broughtBack(situation),
    ...missingSwitch(annotations),
  ];
  return mutated(object, { template, claims, marker }, outcome, warnings);
}

/**
 * Whether the user asks for what is stored. A marker that comes in is then of an earlier round, in which another webhook
 * had not yet made the template what it is stored as; but one from a file tells what its author wants.
 */
function nothingNew(situation: Situation): boolean {
  const { unchanged, committed, marker, broken } = situation;
  const wanted = committed?.offline === true || (marker === undefined && !broken);
  return unchanged && !(committed !== undefined && wanted) && sameAsStored(situation);
}

function injectAfresh(
  situation: Situation,
  request: InjectionRequest,
  warnings: readonly Problem[],
): Mutation {
  const { object, annotations, claims, classes, guide, context, namespace } = situation;
  const { metadata } = object;
  const wanted = guide
    ? planAsMarked(request, metadata, guide, sidecarOf(situation))
    : { ...planOf(request, metadata), standing: sidecarOf(situation) };
  const plan = accepting(wanted, situation.marker);
  const result = injectTemplate(stripped(situation), plan, (claims ?? []).map(claimName));
  const denials = [
    ...lostFields(situation),
    ...beyond(situation, request, plan),
    ...longStatusNames(object, namespace, plan.secrets),
    ...result.denials,
  ];
  if (denials.length > 0) return denied(object, denials, warnings);
  const marker: Marker = {
    v: 1,
    by: guide?.by ?? context.version,
    ...(guide?.offline && { offline: true }),
    profile: request.profile.value,
    request: requestOf(annotations),
    claims: classes,
    ...result.record,
    ...unknownFields(situation.came ?? situation.marker),
  };
  const parts = { template: share(result.template, object.spec.template), claims, marker };
  return mutated(object, parts, 'injected', [
    ...situation.warnings,
    ...broughtBack(situation),
    ...warnings,
    ...chosenInstead(request, parts, result.warnings),
    ...lateClasses(situation, request),
    ...inspect(object, { namespace, request, context, parts, creating: false }),
  ]);
}

/** The stored set's marker was held against the bounds when it came in, and is not judged again. */
function beyond(
  { committed, context }: Situation,
  request: InjectionRequest,
  { vault }: TemplatePlan,
): Problem[] {
  return committed ? markedOutOfBounds(request, vault, context.configuration) : [];
}

/** Claim templates that can no longer get the class that is asked for. */
function lateClasses({ claims }: Situation, request: InjectionRequest): Problem[] {
  const wanted = request.storageClassName.value;
  if (wanted === undefined) return [];
  return (claims ?? [])
    .filter((claim) => !choosesClass(claim))
    .map((claim) =>
      problem('ZK216', { claim: claimName(claim), found: 'no class', class: wanted }),
    );
}
