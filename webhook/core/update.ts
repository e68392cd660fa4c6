import equal from 'fast-deep-equal';
import { chosenInstead } from './conflicts.ts';
import type { Context } from './context.ts';
import { choosesClass, claimName } from './inject/storage.ts';
import { inspect } from './inspect.ts';
import { type Marker, recordOf } from './marker.ts';
import { denied, type Mutation, mutated } from './mutation.ts';
import { planOf, planOfMarker } from './plan.ts';
import { type Problem, problem } from './problems.ts';
import { type InjectionRequest, readRequest, readSwitch, requestOf } from './request.ts';
import { share } from './share.ts';
import { type Situation, situationOf } from './situation.ts';
import type { PodTemplate, StatefulSet } from './statefulset.ts';
import { injectTemplate, sameTemplate, stripTemplate } from './template.ts';

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
  const { request, denials, warnings } = readRequest(situation.annotations, context, profile);
  const all = optedIn === true ? denials : [optedIn, ...denials];
  if (request === undefined || all.length > 0) {
    return unchanged ? keepDespite(situation, all) : denied(object, all, warnings);
  }
  return committed === undefined && unchanged && sameAsStored(situation)
    ? keep(situation, request)
    : injectAfresh(situation, request, warnings);
}

/** Cleans the template. The classes stay, and so does the memory of them: the API server calls again because of it. */
function optOut(situation: Situation): Mutation {
  const { object, record, classes, claims, warnings } = situation;
  const template = stripTemplate(object.spec.template, record);
  const remembered = Object.keys(classes).length > 0;
  const marker: Marker | undefined = remembered ? { v: 1, claims: classes } : undefined;
  // Told by what was put in, not by what is found: a second round of the admission finds it gone.
  const outcome = Object.keys(record).length > 0 ? 'stripped' : remembered ? 'kept' : 'untouched';
  return mutated(object, { template, claims, marker }, outcome, warnings);
}

/** The user's own template is the stored one's, so that stays as it is, byte for byte. */
function keep(situation: Situation, request: InjectionRequest): Mutation {
  const { object, storedTemplate: template, claims, broken, warnings } = situation;
  const marker = broken ? repaired(situation, request) : situation.marker;
  if (marker !== undefined) return mutated(object, { template, claims, marker }, 'kept', warnings);
  const asItCame = { template: object.spec.template, claims, marker };
  return mutated(object, asItCame, 'untouched', [...warnings, problem('ZK217', {})]);
}

/**
 * Annotations that were accepted as they are but would be refused today, because the configuration has changed since:
 * what was put in stays, in a changed template too.
 */
function keepDespite(situation: Situation, denials: readonly Problem[]): Mutation {
  const { object, storedTemplate, claims, marker } = situation;
  const warnings = [
    ...situation.warnings,
    ...denials.map(({ code, found, expected, mend }) =>
      problem('ZK219', { code, found, expected, mend }),
    ),
  ];
  if (marker === undefined) {
    return mutated(
      object,
      { template: object.spec.template, claims, marker },
      'untouched',
      warnings,
    );
  }
  if (sameAsStored(situation)) {
    const parts = { template: storedTemplate, claims, marker };
    return mutated(object, parts, 'kept', warnings);
  }
  const plan = planOfMarker(marker);
  const result = injectTemplate(stripped(situation), plan, (claims ?? []).map(claimName));
  if (result.denials.length > 0) return denied(object, result.denials, warnings);
  const { v, by, profile, request, claims: classes } = marker;
  const again = { v, ...(by && { by }), ...(profile && { profile }), ...(request && { request }) };
  const renewed: Marker = { ...again, ...(classes && { claims: classes }), ...result.record };
  return mutated(object, { template: result.template, claims, marker: renewed }, 'kept', warnings);
}

function injectAfresh(
  situation: Situation,
  request: InjectionRequest,
  warnings: readonly Problem[],
): Mutation {
  const { object, annotations, claims, classes, committed, context, namespace } = situation;
  const plan = committed === undefined ? planOf(request) : planOfMarker(committed);
  const result = injectTemplate(stripped(situation), plan, (claims ?? []).map(claimName));
  if (result.denials.length > 0) return denied(object, result.denials, warnings);
  const marker = {
    v: 1,
    by: committed?.by ?? context.version,
    profile: request.profile.value,
    request: requestOf(annotations),
    claims: classes,
    ...result.record,
  } as const;
  const parts = { template: share(result.template, object.spec.template), claims, marker };
  return mutated(object, parts, 'injected', [
    ...situation.warnings,
    ...warnings,
    ...chosenInstead(request, parts, result.warnings),
    ...lateClasses(situation, request),
    ...inspect(object, { namespace, request, context, parts, creating: false }),
  ]);
}

/** The new template without anything of ours, whichever round or hand put it in. */
function stripped({ object, record, committed }: Situation): PodTemplate {
  const template = stripTemplate(object.spec.template, record);
  return committed === undefined ? template : stripTemplate(template, recordOf(committed));
}

function sameAsStored(situation: Situation): boolean {
  const { object, storedTemplate, record } = situation;
  return (
    object.spec.template === storedTemplate ||
    sameTemplate(stripped(situation), stripTemplate(storedTemplate, record))
  );
}

/** The marker of a stored set that lost it: it claims no more than what today's configuration would have put in. */
function repaired(situation: Situation, request: InjectionRequest): Marker {
  const { stored, annotations, classes, context, record } = situation;
  const template = stripTemplate(stored.spec.template, record);
  const names = (stored.spec.volumeClaimTemplates ?? []).map(claimName);
  const result = injectTemplate(template, planOf(request), names);
  return {
    v: 1,
    by: context.version,
    profile: request.profile.value,
    request: requestOf(annotations),
    claims: classes,
    ...(equal(result.template, stored.spec.template) ? result.record : {}),
  };
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
