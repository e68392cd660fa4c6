import type { Test } from 'tap';
import type { Api } from '../api.ts';
import { untilSettled } from './installed.ts';
import { Load, type LoadOutcome } from './load.ts';

/** How many calls show that all is well again. */
const ENOUGH = 100;

/**
 * What becomes of requests that are sent while something is done to the webhook, until all its Pods are ready again and a
 * little longer.
 */
export async function underLoad(api: Api, operation: () => Promise<void>): Promise<LoadOutcome> {
  const load = await Load.start(api);
  try {
    await operation();
    await untilSettled(api);
    await load.untilAnswered(ENOUGH);
  } catch (error) {
    await load.stop();
    throw error;
  }
  return load.stop();
}

/** Fails the test if any call was not answered with an injected StatefulSet. */
export function everyCallSucceeded(t: Test, outcome: LoadOutcome): void {
  t.comment(`${outcome.injected} calls`);
  t.strictSame(outcome.failures, []);
  t.equal(outcome.unanswered, 0);
  t.ok(outcome.injected >= ENOUGH);
}
