/** One step over a value; `false` ends the steps for it. */
export type Step<T> = (value: T) => boolean;

/** So many units of size go through the steps together; in characters of reviews, this did best (`npm run bench`). */
export const COHORT_SIZE = 128 * 1024;

/**
 * What is larger is led through at once and alone: the body of a large review and what is parsed from it fill the
 * processor's caches by themselves, and while they wait they cost memory.
 */
export const LARGEST_IN_COHORT = 48 * 1024;

/**
 * Takes values one by one and, as soon as this turn of the event loop has taken in what there was, leads those that came
 * in it through the steps: all of them through the first, then all through the second. The code of a step then stays in
 * the processor's caches from one value to the next. A step must not throw.
 */
export function cohorts<T>(
  steps: readonly Step<T>[],
  sizeOf: (value: T) => number,
): (value: T) => void {
  let waiting: T[] = [];
  const lead = (cohort: readonly T[]) => {
    let left = cohort;
    for (const step of steps) left = left.filter((value) => step(value));
  };
  const run = () => {
    const values = waiting;
    waiting = [];
    for (const cohort of split(values, sizeOf)) lead(cohort);
  };
  return (value) => {
    if (sizeOf(value) > LARGEST_IN_COHORT) return lead([value]);
    if (waiting.length === 0) setImmediate(run);
    waiting.push(value);
  };
}

/** In the order in which they came. */
function* split<T>(values: readonly T[], sizeOf: (value: T) => number): Generator<T[]> {
  let cohort: T[] = [];
  let size = 0;
  for (const value of values) {
    const own = sizeOf(value);
    if (cohort.length > 0 && size + own > COHORT_SIZE) {
      yield cohort;
      cohort = [];
      size = 0;
    }
    cohort.push(value);
    size += own;
  }
  if (cohort.length > 0) yield cohort;
}
