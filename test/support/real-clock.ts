import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../certs/surroundings.ts';

/** The time of the machine, for tests that wait for something outside of this process. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => {});
  },
};
