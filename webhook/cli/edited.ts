import { PREFIX } from '../core/annotations.ts';
import type { Problem } from '../core/problems.ts';
import { classesOf } from '../core/secrets/classes-of.ts';
import type { SecretProviderClass } from '../core/secrets/provider-class.ts';
import { checkShape } from '../core/shape.ts';
import type { Json } from '../core/statefulset.ts';
import type { EditSets } from './edits.ts';
import type { Finding } from './findings.ts';
import { aboutTarget, duplicateKeys, type Manifest } from './manifests.ts';
import { misplacedIn } from './misplaced.ts';
import type { Source } from './sources.ts';
import type { Target } from './targets.ts';
import { isRecord } from './yaml/record.ts';

/** What an edit makes of one set. */
export interface EditedSet {
  readonly target: Target;
  /** The very value that was found if nothing changes. */
  readonly object: Json;
  /** The SecretProviderClasses that the set needed as it was found, and those that it needs now. */
  readonly before: readonly SecretProviderClass[];
  readonly after: readonly SecretProviderClass[];
}

/** What an edit makes of the sets of one document. */
export interface EditedManifest {
  readonly source: Source;
  readonly manifest: Manifest;
  readonly findings: readonly Finding[];
  /** How many sets have the annotation that the edit looks for. */
  readonly sets: number;
  /** Those that have an annotation of zonekeeper. */
  readonly edited: readonly EditedSet[];
}

export function editManifest(source: Source, manifest: Manifest, edits: EditSets): EditedManifest {
  const { segment, targets } = manifest;
  const about = (target: Target, severity: Finding['severity'], problems: readonly Problem[]) =>
    problems.map(aboutTarget(source, segment, target, severity));
  const findings = targets.flatMap((target) => about(target, 'warning', misplacedIn(target)));
  const annotated = targets.filter((target) => annotationsOf(target).length > 0);
  const sets = annotated.filter((target) => annotationsOf(target).includes(edits.key)).length;
  const duplicates = annotated.length > 0 ? duplicateKeys(source, segment) : [];
  if (duplicates.length > 0) {
    return { source, manifest, findings: [...findings, ...duplicates], sets, edited: [] };
  }
  const edited = annotated.map((target) => {
    const { denials, warnings, ...set } = editTarget(target, edits);
    findings.push(...about(target, 'error', denials), ...about(target, 'warning', warnings));
    return set;
  });
  return { source, manifest, findings, sets, edited };
}

interface Judged extends EditedSet {
  readonly denials: readonly Problem[];
  readonly warnings: readonly Problem[];
}

function editTarget(target: Target, { edit }: EditSets): Judged {
  const shape = checkShape(target.value);
  if (shape.problems) {
    const unread = { target, object: target.value, before: [], after: [] };
    return { ...unread, denials: shape.problems, warnings: [] };
  }
  const { statefulSet } = shape;
  const { object, denials, warnings } = edit(
    statefulSet,
    statefulSet.metadata.namespace ?? 'default',
  );
  return {
    target,
    // A StatefulSet is JSON, though its type does not say so.
    object: object as unknown as Json,
    before: classesOf(statefulSet),
    after: classesOf(object),
    denials,
    warnings,
  };
}

/** The annotations of zonekeeper on a StatefulSet, whatever else is wrong with it. */
function annotationsOf({ isStatefulSet, value }: Target): string[] {
  if (!isStatefulSet || !isRecord(value) || !isRecord(value.metadata)) return [];
  const { annotations } = value.metadata;
  return isRecord(annotations)
    ? Object.keys(annotations).filter((key) => key.startsWith(PREFIX))
    : [];
}
