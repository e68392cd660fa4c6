import { closest, distance } from 'fastest-levenshtein';
import type { Annotations } from './annotation-reader.ts';
import { ANNOTATIONS, PREFIX } from './annotations.ts';
import { type Problem, problem } from './problems.ts';

const KNOWN: readonly string[] = ANNOTATIONS.map(({ key }) => key);

/** A key further away than this from every known one is no slip of it. */
const NEAREST = 4;

/** The API server passes on 4096 characters of warnings; finding the nearest key takes time. */
const MOST_WARNINGS = 20;

/** A warning for each key under the prefix that is not of the contract, with the nearest that is. */
export function readOtherKeys(annotations: Annotations): Problem[] {
  return Object.keys(annotations)
    .filter((full) => full.startsWith(PREFIX) && !KNOWN.includes(full.slice(PREFIX.length)))
    .slice(0, MOST_WARNINGS)
    .map((full) => problem('ZK201', { key: full, hint: hintFor(full.slice(PREFIX.length)) }));
}

/** Annotations that do nothing by themselves, with those of which they need one. */
const DEPENDENT = [
  { keys: ['key-vault', 'tenant-id'], on: ['secrets'] },
  { keys: ['client-id'], on: ['secrets', 'flexvolume'] },
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
  const nearest = closest(short, KNOWN);
  return distance(short, nearest) <= NEAREST
    ? `write ${PREFIX}${nearest}`
    : 'remove it, or see the reference of annotations';
}
