const FIRST = 500;
const LONGEST = 30_000;

/**
 * Milliseconds to wait before the next attempt after so many failures in a row: doubling from half a second to half a
 * minute, of which a random half is left out so that replicas do not come back in step.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return whole / 2 + (whole / 2) * random();
}
