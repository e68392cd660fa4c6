import { type Problem, problem } from '../core/problems.ts';
import type { Json } from '../core/statefulset.ts';
import type { Finding } from './findings.ts';
import type { Source } from './sources.ts';
import { type Target, targetsOf } from './targets.ts';
import { readStream, type Segment } from './yaml/stream.ts';

/** A document that holds something for zonekeeper, with all objects that it holds. */
export interface Manifest {
  readonly segment: Segment;
  readonly value: Json;
  readonly targets: readonly Target[];
}

export interface ReadManifests {
  readonly segments: readonly Segment[];
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the documents of a source that `wanted` chooses by their text. The others are not looked into: whatever is in
 * them, they are passed on. A source that cannot be taken apart gives only findings.
 */
export function readManifests(source: Source, wanted: (text: string) => boolean): ReadManifests {
  const read = readStream(source.text);
  if (read.fault) {
    const { line, detail } = read.fault;
    const fault: Finding = {
      severity: 'error',
      place: `${source.name}:${line}`,
      problem: problem('ZK506', { detail }),
    };
    return { segments: [], manifests: [], findings: [fault] };
  }
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  for (const segment of read.segments) {
    if (!wanted(segment.source.slice(segment.from, segment.to))) continue;
    const value = expand(segment);
    if ('code' in value) findings.push(aboutDocument(source, segment, value));
    else manifests.push({ segment, value: value.json, targets: targetsOf(segment, value.json) });
  }
  return { segments: read.segments, manifests, findings };
}

/** How many times anything may be repeated by aliases: go-yaml bounds it too, and no manifest comes near. */
const MOST_ALIASES = 1000;

function expand({ document }: Segment): { readonly json: Json } | Problem {
  try {
    const json = document.toJS({ maxAliasCount: MOST_ALIASES }) as Json;
    JSON.stringify(json); // Throws where an anchor contains its own alias.
    return { json };
  } catch (error) {
    const [detail = ''] = String((error as Error).message).split('\n', 1);
    return problem('ZK508', { detail });
  }
}

/** A finding about one object. */
export function aboutTarget(
  { name }: Source,
  { number }: Segment,
  { line, title }: Target,
  severity: Finding['severity'],
): (problem: Problem) => Finding {
  const place = `${name}:${line}`;
  return (problem) => ({ severity, place, subject: `${title}, document ${number}`, problem });
}

function aboutDocument({ name }: Source, segment: Segment, problem: Problem): Finding {
  const place = `${name}:${segment.lineOf(segment.document.range[0])}`;
  return { severity: 'error', place, subject: `document ${segment.number}`, problem };
}

/** Keys that stand twice in a document: which of the two counts is not for zonekeeper to guess. */
export function duplicateKeys(source: Source, segment: Segment): Finding[] {
  return segment.document.errors
    .filter(({ code }) => code === 'DUPLICATE_KEY')
    .map(({ pos: [offset] }) => {
      const key = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:]+)/.exec(segment.source.slice(offset))?.[0] ?? '';
      return {
        severity: 'error',
        place: `${source.name}:${segment.lineOf(offset)}`,
        subject: `document ${segment.number}`,
        problem: problem('ZK507', { key }),
      };
    });
}
