import { closest, distance } from 'fastest-levenshtein';
import type { Annotations } from './annotation-reader.ts';
import { ANNOTATIONS, PREFIX, UNSUPPORTED } from './annotations.ts';
import { type Problem, problem } from './problems.ts';

const KNOWN: readonly string[] = ANNOTATIONS.map(({ key }) => key);

/** A key further away than this from every known one is no slip of it. */
const NEAREST = 4;

/** A warning for each key under the prefix that is not of the contract, with the nearest that is. */
export function misspelt(annotations: Annotations): Problem[] {
  return ownKeys(annotations)
    .filter((key) => !KNOWN.includes(key) && !UNSUPPORTED.includes(key))
    .map((key) => {
      // Keys are bounded by the API server; offline they are not, and the distance is quadratic.
      const short = key.slice(0, 64);
      const nearest = closest(short, [...KNOWN, ...UNSUPPORTED]);
      const hint =
        distance(short, nearest) <= NEAREST
          ? `write ${PREFIX}${nearest}`
          : 'remove it, or see the reference of annotations';
      return problem('ZK201', { key: PREFIX + key, hint });
    });
}

/** A denial for each key of the contract that this version does not act on. */
export function unsupported(annotations: Annotations): Problem[] {
  return ownKeys(annotations)
    .filter((key) => UNSUPPORTED.includes(key))
    .map((key) => problem('ZK107', { key }));
}

function ownKeys(annotations: Annotations): string[] {
  return Object.keys(annotations)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));
}
