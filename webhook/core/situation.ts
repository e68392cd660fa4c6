import type { Annotations } from './annotation-reader.ts';
import type { Context } from './context.ts';
import { equal } from './equal.ts';
import { formerSecrets } from './inject/former-secrets.ts';
import { formerSidecar } from './inject/former-sidecar.ts';
import { type KeptSidecar, keptSidecar } from './inject/sidecar.ts';
import { type ClaimEntries, carryClasses, claimName } from './inject/storage.ts';
import { type Marker, recordOf, type TemplateRecord, unknownFields } from './marker.ts';
import { readMarkers } from './markers.ts';
import { planOf } from './plan.ts';
import { listed, type Problem, problem } from './problems.ts';
import { readRequest, requestOf } from './request.ts';
import { share } from './share.ts';
import type { ClaimTemplate, PodTemplate, StatefulSet } from './statefulset.ts';
import { injectTemplate, sameTemplate, stripFormer, stripTemplate } from './template.ts';

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
  /** A marker that comes in, of an earlier round of this admission or from a file; never the stored one. */
  readonly came: Marker | undefined;
  /** That marker, if it is for this request. */
  readonly committed: Marker | undefined;
  /** Whether the new object bears the stored set's marker. */
  readonly borne: boolean;
  /** The marker that tells how to fulfil the request: what the configuration says today does not count. */
  readonly guide: Marker | undefined;
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
  const { marker, broken, came, borne, repaired } = readMarkers(object, stored);
  const unchanged = equal(asked, marker?.request ?? requestOf(stored.metadata.annotations ?? {}));
  const committed = came !== undefined && equal(came.request, asked) ? came : undefined;
  const fromFile = unchanged && borne && marker?.offline === true ? marker : undefined;
  return {
    object,
    stored,
    namespace,
    context,
    annotations,
    unchanged,
    marker,
    broken,
    came,
    committed,
    borne,
    guide: committed ?? fromFile,
    record: broken ? assumedRecord(stored, namespace, context) : recordOf(marker),
    classes: broken ? storedClasses(stored) : (marker?.claims ?? {}),
    claims: carryClasses(object.spec.volumeClaimTemplates, stored.spec.volumeClaimTemplates),
    storedTemplate: share(stored.spec.template, object.spec.template),
    warnings: repaired ? [problem('ZK218', {})] : [],
  };
}

/** The new template without anything of ours, whichever round, revision or hand put it in. */
export function stripped(situation: Situation): PodTemplate {
  const { object, storedTemplate, marker, broken, came, record } = situation;
  const bare = stripTemplate(object.spec.template, recordOf(came));
  if (marker === undefined && !broken) return bare;
  const own = () => stripTemplate(storedTemplate, record);
  return stripTemplate(stripFormer(bare, own, record), record);
}

/** A warning for each thing of an earlier revision that the new template brings back and that is taken out of it. */
export function broughtBack({
  object,
  storedTemplate,
  marker,
  came,
  record,
}: Situation): Problem[] {
  if (marker === undefined) return [];
  const { spec } = stripTemplate(object.spec.template, recordOf(came));
  const stored = () => stripTemplate(storedTemplate, record).spec;
  return [
    ...formerSecrets(spec, stored, record.secrets ?? []).map((volume) =>
      problem('ZK224', { volume }),
    ),
    ...formerSidecar(spec, stored, record).map((what) => problem('ZK241', { what })),
  ];
}

/** The sidecar that is to stay: the stored one, unless a marker came with another; `undefined` where there is none. */
export function sidecarOf(situation: Situation): KeptSidecar | undefined {
  const { object, stored, marker, guide, came } = situation;
  const now = keptSidecar(object.spec.template, (guide ?? came ?? marker)?.sidecar);
  const before = keptSidecar(stored.spec.template, marker?.sidecar);
  return guide !== undefined || came !== undefined ? (now ?? before) : (before ?? now);
}

/**
 * A refusal where a newer version put things in that this one does not know and the new template comes without the marker,
 * and so without them: they would be lost.
 */
export function lostFields({ marker, came, borne }: Situation): Problem[] {
  const lost = Object.keys(unknownFields(marker));
  if (lost.length === 0 || borne || came !== undefined) return [];
  return [problem('ZK120', { by: marker?.by ?? 'unknown', fields: listed(lost) })];
}

/** Whether the user's own template is the stored one's. */
export function sameAsStored(situation: Situation): boolean {
  const { object, storedTemplate, came, record } = situation;
  // Equal templates may still differ in what of them is the user's, if their markers differ.
  return (
    (came === undefined && object.spec.template === storedTemplate) ||
    sameTemplate(stripped(situation), stripTemplate(storedTemplate, record))
  );
}

/** What the set would hold if it had been injected by today's configuration into a template that chooses nothing. */
function assumedRecord(stored: StatefulSet, namespace: string, context: Context): TemplateRecord {
  const { request } = readRequest(stored.metadata.annotations ?? {}, namespace, context);
  if (request === undefined) return {};
  return injectTemplate({ spec: {} }, planOf(request, stored.metadata), []).record;
}

function storedClasses({ spec }: StatefulSet): ClaimEntries {
  const entries: [string, string][] = [];
  for (const claim of spec.volumeClaimTemplates ?? []) {
    const name = claim.spec.storageClassName;
    if (name) entries.push([claimName(claim), name]);
  }
  return Object.fromEntries(entries);
}
