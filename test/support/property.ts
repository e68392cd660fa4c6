import fc from 'fast-check';
import type { Test } from 'tap';

/** How many cases a property is tried on: all that the contract asks for in CI, fewer at the desk. */
export const CASES = process.env.CI ? 10_000 : 250;

/** Fails with the smallest counterexample, and the seed that leads to it again, unless the property holds. */
export function holds<Values extends [unknown, ...unknown[]]>(
  t: Test,
  ...args: [
    ...arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
    predicate: (...values: Values) => void,
  ]
): void {
  const property = fc.property as unknown as (...given: unknown[]) => fc.IProperty<Values>;
  fc.assert(property(...args), { numRuns: CASES });
  t.pass(`held in ${CASES} cases`);
}
