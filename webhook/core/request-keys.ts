import { closest, distance } from 'fastest-levenshtein';
import type { Annotations } from './annotation-reader.ts';
import { ANNOTATIONS, PREFIX, UNSUPPORTED } from './annotations.ts';
import { type Problem, problem } from './problems.ts';

const KNOWN: readonly string[] = ANNOTATIONS.map(({ key }) => key);

/** A key further away than this from every known one is no slip of it. */
const NEAREST = 4;

/** The API server passes on 4096 characters of warnings; finding the nearest key takes time. */
const MOST_WARNINGS = 20;

/** What stands under the prefix besides the annotations that are acted on. */
export interface OtherKeys {
  /** A denial for each key of the contract that this version does not act on. */
  readonly denials: readonly Problem[];
  /** A warning for each key that is not of the contract, with the nearest that is. */
  readonly warnings: readonly Problem[];
}

export function readOtherKeys(annotations: Annotations): OtherKeys {
  const denials: Problem[] = [];
  const warnings: Problem[] = [];
  for (const full of Object.keys(annotations)) {
    if (!full.startsWith(PREFIX)) continue;
    const key = full.slice(PREFIX.length);
    if (UNSUPPORTED.includes(key)) denials.push(problem('ZK107', { key }));
    else if (!KNOWN.includes(key) && warnings.length < MOST_WARNINGS)
      warnings.push(problem('ZK201', { key: full, hint: hintFor(key) }));
  }
  return { denials, warnings };
}

/** Annotations that do nothing by themselves, with those of which they need one. */
const DEPENDENT = [
  { keys: ['key-vault', 'client-id', 'tenant-id'], on: ['secrets'] },
  { keys: ['mount-path', 'containers'], on: ['secrets', 'secret-provider-class'] },
] as const;

/** A warning for each annotation that has nothing to act on. */
export function readIdleKeys(asked: Annotations): Problem[] {
  return DEPENDENT.filter(({ on }) => on.every((key) => asked[key] === undefined)).flatMap(
    ({ keys, on }) =>
      keys
        .filter((key) => asked[key] !== undefined)
        .map((key) =>
          problem('ZK225', { key, needed: on.map((one) => PREFIX + one).join(' or ') }),
        ),
  );
}

function hintFor(key: string): string {
  // Keys are bounded by the API server; offline they are not, and the distance is quadratic.
  const short = key.slice(0, 64);
  const nearest = closest(short, [...KNOWN, ...UNSUPPORTED]);
  return distance(short, nearest) <= NEAREST
    ? `write ${PREFIX}${nearest}`
    : 'remove it, or see the reference of annotations';
}
