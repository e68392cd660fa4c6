import { MARKER } from './annotations.ts';
import { without } from './inject/injected.ts';
import { type Marker, markerText, writeMarker } from './marker.ts';
import type { Problem } from './problems.ts';
import type { ClaimTemplate, PodTemplate, StatefulSet } from './statefulset.ts';

/**
 * What became of a set: `injected` afresh, `kept` as it was injected before, `stripped` after an opt-out, `untouched`
 * because there was nothing to do, or `denied`.
 */
export type Outcome = 'injected' | 'kept' | 'stripped' | 'untouched' | 'denied';

export const INJECTIONS = [
  'scheduler',
  'storage',
  'secrets',
  'flexVolumes',
  'sidecar',
  'environment',
  'placement',
  'failover',
] as const;
export type InjectionName = (typeof INJECTIONS)[number];

export interface Mutation {
  /** The very object that came in if nothing changes. */
  readonly object: StatefulSet;
  /** Not empty if, and only if, the outcome is `denied`. */
  readonly denials: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly outcome: Outcome;
  /** What the set holds of ours afterwards. */
  readonly injections: readonly InjectionName[];
}

/** The parts of a set that a mutation may replace. */
export interface Parts {
  readonly template: PodTemplate;
  readonly claims: readonly ClaimTemplate[] | undefined;
  /** `undefined`: the set is to bear no marker. */
  readonly marker: Marker | undefined;
}

export function denied(
  object: StatefulSet,
  denials: readonly Problem[],
  warnings: readonly Problem[],
): Mutation {
  return { object, denials, warnings, outcome: 'denied', injections: [] };
}

/** The set with those parts, everything else shared with the one that came in. */
export function mutated(
  object: StatefulSet,
  parts: Parts,
  outcome: Outcome,
  warnings: readonly Problem[],
): Mutation {
  return {
    object: withMarker(withSpec(object, parts), parts.marker),
    denials: [],
    warnings,
    outcome,
    injections: injectionsOf(parts.marker),
  };
}

export function injectionsOf(marker: Marker | undefined): InjectionName[] {
  const held = { ...marker, storage: Object.keys(marker?.claims ?? {}).length > 0 || undefined };
  return INJECTIONS.filter((name) => held[name] !== undefined);
}

function withSpec(object: StatefulSet, { template, claims }: Parts): StatefulSet {
  const { spec } = object;
  const sameClaims = claims === spec.volumeClaimTemplates;
  if (sameClaims && template === spec.template) return object;
  return {
    ...object,
    spec: { ...spec, template, ...(!sameClaims && claims && { volumeClaimTemplates: claims }) },
  };
}

function withMarker(object: StatefulSet, marker: Marker | undefined): StatefulSet {
  const text = marker === undefined ? undefined : writeMarker(marker);
  if (text === markerText(object)) return object;
  const { metadata } = object;
  const annotations =
    text === undefined
      ? without(metadata.annotations ?? {}, MARKER)
      : { ...metadata.annotations, [MARKER]: text };
  return { ...object, metadata: { ...metadata, annotations } };
}
