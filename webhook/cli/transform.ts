import { PREFIX } from '../core/annotations.ts';
import { type Problem, problem } from '../core/problems.ts';
import { checkShape } from '../core/shape.ts';
import type { Json } from '../core/statefulset.ts';
import type { EditSets } from './edits.ts';
import type { Finding } from './findings.ts';
import { aboutTarget, duplicateKeys, type Manifest, readManifests } from './manifests.ts';
import { misplacedIn } from './misplaced.ts';
import type { Source } from './sources.ts';
import { type Target, withValueAt } from './targets.ts';
import { isRecord } from './yaml/record.ts';
import { rewrite } from './yaml/rewrite.ts';
import { type Segment, writeStream } from './yaml/stream.ts';

export interface Transformed {
  readonly source: Source;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** How many sets have the annotation that the edit looks for. */
  readonly sets: number;
}

/**
 * Applies an edit to every StatefulSet of a source that has an annotation of zonekeeper. Everything else is passed on byte
 * for byte. If any finding is an error, the text is not to be written.
 */
export function transform(source: Source, edits: EditSets): Transformed {
  // The prefix without its slash, which JSON may escape.
  const { segments, manifests, findings } = readManifests(source, (text) =>
    text.includes(PREFIX.slice(0, -1)),
  );
  const replacements = new Map<Segment, string>();
  const all = [...findings];
  let sets = 0;
  for (const manifest of manifests) {
    const result = transformManifest(source, manifest, edits);
    all.push(...result.findings);
    sets += result.sets;
    if (result.text !== undefined) replacements.set(manifest.segment, result.text);
  }
  return { source, text: writeStream(source.text, segments, replacements), findings: all, sets };
}

interface TransformedManifest {
  readonly findings: readonly Finding[];
  readonly sets: number;
  /** Absent if nothing changes. */
  readonly text?: string;
}

function transformManifest(
  source: Source,
  manifest: Manifest,
  edits: EditSets,
): TransformedManifest {
  const { segment, value, targets } = manifest;
  const findings = targets.flatMap((target) =>
    misplacedIn(target).map(aboutTarget(source, segment, target, 'warning')),
  );
  const annotated = targets.filter((target) => annotationsOf(target).length > 0);
  const sets = annotated.filter((target) => annotationsOf(target).includes(edits.key)).length;
  const duplicates = annotated.length > 0 ? duplicateKeys(source, segment) : [];
  if (duplicates.length > 0) return { findings: [...findings, ...duplicates], sets };
  let after = value;
  for (const target of annotated) {
    const { object, denials, warnings } = editTarget(target, edits);
    findings.push(...denials.map(aboutTarget(source, segment, target, 'error')));
    findings.push(...warnings.map(aboutTarget(source, segment, target, 'warning')));
    if (object !== target.value) after = withValueAt(after, target.path, object);
  }
  if (after === value) return { findings, sets };
  const text = rewrite(segment, value, after);
  if (text !== undefined) return { findings, sets, text };
  const failed = annotated.map((target) =>
    aboutTarget(source, segment, target, 'error')(problem('ZK509', {})),
  );
  return { findings: [...findings, ...failed], sets };
}

function editTarget(
  { value }: Target,
  { edit }: EditSets,
): { object: Json; denials: readonly Problem[]; warnings: readonly Problem[] } {
  const shape = checkShape(value);
  if (shape.problems) return { object: value, denials: shape.problems, warnings: [] };
  const { statefulSet } = shape;
  const { object, denials, warnings } = edit(
    statefulSet,
    statefulSet.metadata.namespace ?? 'default',
  );
  // A StatefulSet is JSON, though its type does not say so.
  return { object: object as unknown as Json, denials, warnings };
}

/** The annotations of zonekeeper on a StatefulSet, whatever else is wrong with it. */
function annotationsOf({ isStatefulSet, value }: Target): string[] {
  if (!isStatefulSet || !isRecord(value) || !isRecord(value.metadata)) return [];
  const { annotations } = value.metadata;
  return isRecord(annotations)
    ? Object.keys(annotations).filter((key) => key.startsWith(PREFIX))
    : [];
}
