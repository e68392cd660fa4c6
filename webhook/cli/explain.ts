import type { Context } from '../core/context.ts';
import { checkShape } from '../core/shape.ts';
import { describe } from './describe.ts';
import { type Finding, printable } from './findings.ts';
import { aboutTarget, duplicateKeys, type Manifest, readManifests } from './manifests.ts';
import { misplacedIn } from './misplaced.ts';
import type { Source } from './sources.ts';
import type { Target } from './targets.ts';

export interface Explained {
  /** A paragraph for each set. */
  readonly paragraphs: readonly string[];
  readonly findings: readonly Finding[];
  /** Whether a set would be refused. */
  readonly refused: boolean;
}

/** Explains every StatefulSet of a source, annotated or not. */
export function explainSource(source: Source, context: Context): Explained {
  const { manifests, findings } = readManifests(source, (text) => text.includes('StatefulSet'));
  const explained = manifests.map((manifest) => explainManifest(source, manifest, context));
  return {
    paragraphs: explained.flatMap(({ paragraphs }) => paragraphs),
    findings: [...findings, ...explained.flatMap((one) => one.findings)],
    refused: explained.some(({ refused }) => refused),
  };
}

function explainManifest(source: Source, manifest: Manifest, context: Context): Explained {
  const { segment, targets } = manifest;
  const sets = targets.filter(({ isStatefulSet }) => isStatefulSet);
  const findings = targets.flatMap((target) =>
    misplacedIn(target).map(aboutTarget(source, segment, target, 'warning')),
  );
  if (sets.length > 0) findings.push(...duplicateKeys(source, segment));
  const described = sets.map((target) => {
    const shape = checkShape(target.value);
    if (shape.problems === undefined) return { target, ...describe(shape.statefulSet, context) };
    findings.push(...shape.problems.map(aboutTarget(source, segment, target, 'error')));
    return { target, lines: [], refused: true };
  });
  return {
    paragraphs: described
      .filter(({ lines }) => lines.length > 0)
      .map(({ target, lines }) => paragraph(source, target, lines)),
    findings,
    refused: described.some(({ refused }) => refused),
  };
}

function paragraph({ name }: Source, { title, line }: Target, lines: readonly string[]): string {
  const texts = [`${title} (${name}:${line})`, ...lines.map((text) => `  ${text}`)];
  return `${texts.map(printable).join('\n')}\n`;
}
