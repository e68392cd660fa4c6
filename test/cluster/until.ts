import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL = 100;

/**
 * Asks every tenth of a second until the answer is neither undefined nor false, and returns it.
 * Rejects when `probe` does, or with what was awaited after `timeout` milliseconds (default 30 s).
 */
export async function until<T>(
  awaited: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  timeout = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Not seen within ${timeout / 1000} s: ${awaited}`);
    await sleep(INTERVAL);
  }
}
