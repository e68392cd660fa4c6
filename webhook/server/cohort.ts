/** One step over a value; `false` ends the steps for it. */
export type Step<T> = (value: T) => boolean;

/**
 * So many units of size, in characters of reviews, are led through as soon as they have come. More of them together would not
 * spare more, and while they wait they cost memory. This did best (`npm run bench`).
 */
export const COHORT_SIZE = 128 * 1024;

/**
 * Takes values one by one and leads those that come in one turn of the event loop through the steps: all of them through the
 * first, then all through the second. The code of a step then stays in the processor's caches from one value to the next. The
 * turn's end is not waited for where a cohort is complete before it. A step must not throw.
 */
export function cohorts<T>(
  steps: readonly Step<T>[],
  sizeOf: (value: T) => number,
): (value: T) => void {
  let waiting: T[] = [];
  let size = 0;
  const lead = () => {
    let left: readonly T[] = waiting;
    waiting = [];
    size = 0;
    for (const step of steps) left = left.filter((value) => step(value));
  };
  return (value) => {
    waiting.push(value);
    size += sizeOf(value);
    if (size >= COHORT_SIZE) lead();
    else if (waiting.length === 1) setImmediate(lead);
  };
}
