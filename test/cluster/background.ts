import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL = 200;

/** Work that a test runs beside itself until `stop`, which rejects with what the work failed with. */
export type Background = AsyncDisposable & { stop(): Promise<void> };

/** Repeats `step` every fifth of a second; the first failure ends it. */
export function repeat(step: () => Promise<void>): Background {
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      await step();
      await sleep(INTERVAL, undefined, { signal }).catch(() => {});
    }
  };
  const ended = work().then(
    () => undefined,
    (error: unknown) => error,
  );
  const stop = async (): Promise<void> => {
    stopping.abort();
    const error = await ended;
    if (error) throw error;
  };
  return { stop, [Symbol.asyncDispose]: stop };
}
