import type { CheckFinding, ObjectRef } from '../../core/check/finding.ts';
import { checkManifest } from '../../core/check/manifests.ts';
import { bySeverity, type CheckedSet, type CheckReport } from '../../core/check/report.ts';
import { isAnnotated } from '../../core/check/set-state.ts';
import type { Context } from '../../core/context.ts';
import { checkShape } from '../../core/shape.ts';
import type { Finding } from '../findings.ts';
import { duplicateKeys, type Manifest, readManifests } from '../manifests.ts';
import { misplacedIn } from '../misplaced.ts';
import type { Source } from '../sources.ts';
import type { Target } from '../targets.ts';
import { isRecord } from '../yaml/record.ts';

interface Checked {
  readonly sets: readonly CheckedSet[];
  readonly findings: readonly CheckFinding[];
}

/** Judges every annotated StatefulSet of the sources, and annotations that stand where they do nothing. */
export function checkSources(sources: readonly Source[], context: Context): CheckReport {
  const checked = sources.map((source) => checkSource(source, context));
  return {
    sets: checked.flatMap(({ sets }) => sets),
    findings: bySeverity(checked.flatMap(({ findings }) => findings)),
  };
}

function checkSource(source: Source, context: Context): Checked {
  const { manifests, findings } = readManifests(source, (text) => text.includes('zonekeeper.io'));
  const checked = manifests.map((manifest) => checkDocument(source, manifest, context));
  return {
    sets: checked.flatMap(({ sets }) => sets),
    findings: [...findings.map(aboutFile(source)), ...checked.flatMap((one) => one.findings)],
  };
}

function checkDocument(source: Source, { segment, targets }: Manifest, context: Context): Checked {
  const checked = targets.map((target) => checkTarget(source, target, context));
  const sets = checked.flatMap((one) => one.sets);
  const duplicates = sets.length > 0 ? duplicateKeys(source, segment) : [];
  return {
    sets,
    findings: [
      ...duplicates.map(aboutFile(source)),
      ...checked.flatMap(({ findings }) => findings),
    ],
  };
}

function checkTarget({ name }: Source, target: Target, context: Context): Checked {
  const { value, isStatefulSet, line } = target;
  const at = { object: refOf(target), place: `${name}:${line}` };
  const findings: CheckFinding[] = misplacedIn(target).map((problem) => ({
    ...at,
    level: 'warning',
    problem,
  }));
  if (!isStatefulSet) return { sets: [], findings };
  const shape = checkShape(value);
  if (shape.problems !== undefined) {
    const errors = shape.problems.map((problem) => ({ ...at, level: 'error' as const, problem }));
    return { sets: [], findings: [...findings, ...errors] };
  }
  if (!isAnnotated(shape.statefulSet)) return { sets: [], findings };
  const { set, found } = checkManifest(shape.statefulSet, context);
  return { sets: [set], findings: [...findings, ...found.map((one) => ({ ...at, ...one }))] };
}

/** What a manifest says of itself; a set without a namespace goes wherever it is applied. */
function refOf({ value, isStatefulSet }: Target): ObjectRef {
  const { kind, metadata } = isRecord(value) ? value : {};
  const { namespace, name } = isRecord(metadata) ? metadata : {};
  const fallback = isStatefulSet ? 'StatefulSet' : 'Object';
  return {
    kind: typeof kind === 'string' ? kind : fallback,
    ...(typeof namespace === 'string' && { namespace }),
    ...(typeof name === 'string' && { name }),
  };
}

/** What concerns a document and no object in it. */
function aboutFile({ name }: Source): (finding: Finding) => CheckFinding {
  return ({ severity: level, place, problem }) => ({
    level,
    object: { kind: 'File', name },
    ...(place !== undefined && { place }),
    problem,
  });
}
