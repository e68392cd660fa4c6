import { equal } from './equal.ts';
import { keptSidecar } from './inject/sidecar.ts';
import { claimName } from './inject/storage.ts';
import { type Marker, memoryOf } from './marker.ts';
import { denied, type Mutation, mutated } from './mutation.ts';
import { planAsStored, planOf, planOfMarker } from './plan.ts';
import { type Problem, problem } from './problems.ts';
import { type InjectionRequest, requestOf } from './request.ts';
import {
  broughtBack,
  lostFields,
  type Situation,
  sameAsStored,
  sidecarOf,
  stripped,
} from './situation.ts';
import { injectTemplate, stripTemplate } from './template.ts';

/** The user's own template is the stored one's, so that stays as it is, byte for byte. */
export function keep(
  situation: Situation,
  request: InjectionRequest,
  found: readonly Problem[],
): Mutation {
  const { object, storedTemplate: template, claims, broken } = situation;
  // An undone rollout that comes to nothing is told of, and so is a sidecar that somebody has changed.
  const former = object.spec.template === template ? [] : broughtBack(situation);
  const undone = former.length > 0 ? former : putBack(situation);
  const warnings = [...situation.warnings, ...undone, ...found];
  const marker = broken ? repaired(situation, request) : situation.marker;
  if (marker?.request === undefined) {
    const asItCame = { template: object.spec.template, claims, marker };
    return mutated(object, asItCame, 'untouched', [...warnings, problem('ZK217', {})]);
  }
  return mutated(object, { template, claims, marker }, 'kept', warnings);
}

/**
 * Annotations that were accepted as they are but would be refused today, because the configuration has changed since:
 * what was put in stays, in a changed template too.
 */
export function keepDespite(
  situation: Situation,
  denials: readonly Problem[],
  found: readonly Problem[],
): Mutation {
  const { object, storedTemplate, claims, classes, marker } = situation;
  const refused = denials.map(({ code, found, expected, mend }) =>
    problem('ZK219', { code, found, expected, mend }),
  );
  const warnings = [...situation.warnings, ...broughtBack(situation), ...found, ...refused];
  if (marker === undefined) {
    const memory = memoryOf(classes, undefined);
    const asItCame = { template: object.spec.template, claims, marker: memory };
    return mutated(object, asItCame, 'untouched', warnings);
  }
  if (sameAsStored(situation)) {
    const all = [...putBack(situation), ...warnings];
    return mutated(object, { template: storedTemplate, claims, marker }, 'kept', all);
  }
  const plan = planOfMarker(marker, object.metadata, sidecarOf(situation));
  const result = injectTemplate(stripped(situation), plan, (claims ?? []).map(claimName));
  const problems = [...lostFields(situation), ...result.denials];
  if (problems.length > 0) return denied(object, problems, warnings);
  const renewed = { ...withoutRecord(marker), ...result.record };
  return mutated(object, { template: result.template, claims, marker: renewed }, 'kept', warnings);
}

/** What the marker says besides what is in the template. */
function withoutRecord(marker: Marker): Marker {
  const { scheduler, secrets, containers, placement, failover, vault, ...others } = marker;
  const { sidecar, environment, flexVolumes, ...rest } = others;
  return rest;
}

/** Somebody has changed the sidecar alone, which is nothing of the user's: it stays as it is stored. */
function putBack({ object, storedTemplate, came, record }: Situation): Problem[] {
  const { template } = object.spec;
  if (!record.sidecar || came !== undefined || template === storedTemplate) return [];
  const [now, before] = [keptSidecar(template), keptSidecar(storedTemplate)];
  const same = now === undefined || before === undefined || equal(now.container, before.container);
  return same ? [] : [problem('ZK240', {})];
}

/** The marker of a stored set that lost it: it claims no more than what today's configuration would have put in. */
function repaired(situation: Situation, request: InjectionRequest): Marker {
  const { stored, annotations, classes, context, record } = situation;
  const template = stripTemplate(stored.spec.template, record);
  const names = (stored.spec.volumeClaimTemplates ?? []).map(claimName);
  const plans = [
    planOf(request, stored.metadata),
    planAsStored(request, stored.metadata, keptSidecar(stored.spec.template)),
  ];
  const made = plans
    .map((plan) => injectTemplate(template, plan, names))
    .find((result) => equal(result.template, stored.spec.template));
  return {
    v: 1,
    by: context.version,
    profile: request.profile.value,
    request: requestOf(annotations),
    claims: classes,
    ...made?.record,
  };
}
