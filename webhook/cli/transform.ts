import { PREFIX } from '../core/annotations.ts';
import { problem } from '../core/problems.ts';
import type { Json } from '../core/statefulset.ts';
import { withDocumentsBefore, withoutDocuments } from './class-documents.ts';
import { type EditedManifest, type EditedSet, editManifest } from './edited.ts';
import type { EditSets } from './edits.ts';
import type { Finding } from './findings.ts';
import { type ClassChanges, classChanges } from './made-classes.ts';
import { aboutTarget, readManifests } from './manifests.ts';
import type { Source } from './sources.ts';
import { type Target, withItems, withValueAt } from './targets.ts';
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
 * Applies an edit to every StatefulSet that has an annotation of zonekeeper, and writes before it the SecretProviderClass
 * that it needs. Everything else is passed on byte for byte. If any finding is an error, no text is to be written.
 */
export function transform(source: Source, edits: EditSets): Transformed {
  return transformAll([source], edits)[0] as Transformed;
}

/** The same for several sources, which are looked at together: a class may lie in another one than its set. */
export function transformAll(sources: readonly Source[], edits: EditSets): Transformed[] {
  const read = sources.map((source) => {
    const { segments, manifests, findings } = readManifests(source, isWanted);
    const edited = manifests.map((manifest) => editManifest(source, manifest, edits));
    return { source, segments, findings, edited };
  });
  const changes = classChanges(read.flatMap(({ edited }) => edited));
  return read.map(({ source, segments, findings, edited }) => {
    const written = edited.map((one) => writeManifest(one, changes));
    const all = [...findings, ...written.flatMap((one) => one.findings)];
    const sets = edited.reduce((sum, one) => sum + one.sets, 0);
    return { source, text: textOf(source, segments, written), findings: all, sets };
  });
}

/** Of zonekeeper itself, or a class that it made. */
function isWanted(text: string): boolean {
  // The prefix without its slash, which JSON may escape.
  const annotated = text.includes(PREFIX.slice(0, -1));
  return annotated || (text.includes('SecretProviderClass') && text.includes('zonekeeper'));
}

interface WrittenManifest {
  readonly segment: Segment;
  readonly findings: readonly Finding[];
  /** Absent if nothing changes. */
  readonly text?: string;
  /** The document goes: the class that it holds is no longer needed. */
  readonly gone?: Json;
}

function writeManifest(one: EditedManifest, changes: ClassChanges): WrittenManifest {
  const { source, manifest, edited } = one;
  const { segment, value, targets } = manifest;
  const foreign = targets.flatMap((target) => {
    const found = changes.foreign.get(target);
    return found ? [aboutTarget(source, segment, target, 'warning')(found)] : [];
  });
  const findings = [...one.findings, ...foreign];
  const [first] = targets;
  if (first?.path.length === 0 && changes.removed.has(first)) {
    return { segment, findings, gone: first.value };
  }
  const after = withClassesInLists(withEdits(value, edited), targets, changes);
  const before = targets.flatMap((target) =>
    target.inList ? [] : (changes.added.get(target) ?? []),
  );
  const text = after === value ? segmentText(segment) : rewrite(segment, value, after);
  if (text === undefined) {
    const failed = edited.map(({ target }) =>
      aboutTarget(source, segment, target, 'error')(problem('ZK509', {})),
    );
    return { segment, findings: [...findings, ...failed] };
  }
  if (after === value && before.length === 0) return { segment, findings };
  return { segment, findings, text: withDocumentsBefore(segment, text, before) };
}

function withEdits(value: Json, edited: readonly EditedSet[]): Json {
  return edited
    .filter(({ target, object }) => object !== target.value)
    .reduce((whole, { target, object }) => withValueAt(whole, target.path, object), value);
}

/** From the last to the first, so that no path is out of date. */
function withClassesInLists(value: Json, targets: readonly Target[], changes: ClassChanges): Json {
  return targets
    .filter(({ path }) => path.length > 0)
    .reduceRight((whole, target) => {
      // A class is JSON, though its type does not say so.
      const added = (target.inList ? (changes.added.get(target) ?? []) : []) as unknown as Json[];
      const gone = changes.removed.has(target);
      return added.length > 0 || gone
        ? withItems(whole, target.path, { before: added, gone })
        : whole;
    }, value);
}

function segmentText({ source, from, to }: Segment): string {
  return source.slice(from, to);
}

function textOf(
  { text }: Source,
  segments: readonly Segment[],
  written: readonly WrittenManifest[],
): string {
  const bySegment = new Map(written.map((one) => [one.segment, one]));
  const texts = segments.map((one) => bySegment.get(one)?.text ?? segmentText(one));
  const gone = new Map(
    written.flatMap(({ segment, gone }) => (gone === undefined ? [] : [[segment, gone] as const])),
  );
  const left = withoutDocuments(segments, texts, gone);
  return writeStream(
    text,
    segments,
    new Map(segments.map((one, index) => [one, left[index] ?? ''])),
  );
}
