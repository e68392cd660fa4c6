import equal from 'fast-deep-equal';
import type { Annotations } from './annotation-reader.ts';
import { PREFIX } from './annotations.ts';
import type { Context } from './context.ts';
import { type ClaimEntries, carryClasses, claimName } from './inject/storage.ts';
import { type Marker, markerText, readMarker, recordOf, type TemplateRecord } from './marker.ts';
import { planOf } from './plan.ts';
import { type Problem, problem } from './problems.ts';
import { readRequest, requestOf } from './request.ts';
import { share } from './share.ts';
import type { ClaimTemplate, PodTemplate, StatefulSet } from './statefulset.ts';
import { injectTemplate } from './template.ts';

/** All that an update is judged by. */
export interface Situation {
  readonly object: StatefulSet;
  readonly stored: StatefulSet;
  readonly namespace: string;
  readonly context: Context;
  readonly annotations: Annotations;
  /** Whether the user's annotations ask for what the stored set was injected for. */
  readonly unchanged: boolean;
  /** The stored set's marker, if it can be read. */
  readonly marker: Marker | undefined;
  /** Whether the stored set has a marker that cannot be read. */
  readonly broken: boolean;
  /** A marker that comes in for this request, of an earlier round of this admission or committed by somebody. */
  readonly committed: Marker | undefined;
  /** What was put into the stored template; assumed from the configuration where the marker is broken. */
  readonly record: TemplateRecord;
  /** Classes that were put into the stored claim templates. */
  readonly classes: ClaimEntries;
  /** The new claim templates with the classes of the stored ones. */
  readonly claims: readonly ClaimTemplate[] | undefined;
  /** The stored template; what the new one has alike is the new one's own. */
  readonly storedTemplate: PodTemplate;
  readonly warnings: readonly Problem[];
}

export function situationOf(
  object: StatefulSet,
  stored: StatefulSet,
  namespace: string,
  context: Context,
): Situation {
  const annotations = object.metadata.annotations ?? {};
  const asked = requestOf(annotations);
  const { marker, broken, came, repaired } = readMarkers(object, stored);
  const before = marker?.request ?? requestOf(stored.metadata.annotations ?? {});
  return {
    object,
    stored,
    namespace,
    context,
    annotations,
    unchanged: equal(asked, before),
    marker,
    broken,
    committed: came !== undefined && equal(came.request, asked) ? came : undefined,
    record: broken ? assumedRecord(stored, context) : recordOf(marker),
    classes: broken ? storedClasses(stored) : (marker?.claims ?? {}),
    claims: carryClasses(object.spec.volumeClaimTemplates, stored.spec.volumeClaimTemplates),
    storedTemplate: share(stored.spec.template, object.spec.template),
    warnings: repaired ? [problem('ZK218', {})] : [],
  };
}

interface Markers {
  readonly marker: Marker | undefined;
  readonly broken: boolean;
  /** The new object's marker, if it can be read and is not the stored one. */
  readonly came: Marker | undefined;
  /** Whether somebody has written a marker by hand. */
  readonly repaired: boolean;
}

function readMarkers(object: StatefulSet, stored: StatefulSet): Markers {
  const found = readMarker(stored);
  const came = markerText(object) === markerText(stored) ? undefined : readMarker(object);
  const broken = found === 'broken';
  const optedIn = object.metadata.annotations?.[`${PREFIX}inject`] === 'true';
  const forged = came !== undefined && found === undefined && !optedIn;
  return {
    marker: broken ? undefined : found,
    broken,
    came: came === 'broken' ? undefined : came,
    repaired: broken || came === 'broken' || forged,
  };
}

/** What the set would hold if it had been injected by today's configuration into a template that chooses nothing. */
function assumedRecord(stored: StatefulSet, context: Context): TemplateRecord {
  const { request } = readRequest(stored.metadata.annotations ?? {}, context);
  return request === undefined ? {} : injectTemplate({ spec: {} }, planOf(request), []).record;
}

function storedClasses({ spec }: StatefulSet): ClaimEntries {
  const entries: [string, string][] = [];
  for (const claim of spec.volumeClaimTemplates ?? []) {
    const name = claim.spec.storageClassName;
    if (name != null) entries.push([claimName(claim), name]);
  }
  return Object.fromEntries(entries);
}
