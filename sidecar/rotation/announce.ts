import { causeOf } from '../messages.ts';

/** Attempts to tell the application of one rotation; with their pauses they last about four minutes. */
export const ATTEMPTS = 10;

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

export interface Announcement {
  /** Tells the application once; rejects with what went wrong. */
  readonly post: () => Promise<void>;
  /** Resolves after so many milliseconds, or when the announcement is called off. */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Called after each attempt that failed. */
  readonly onFailure: (cause: string) => void;
  /** Calls it off, as for a newer rotation. */
  readonly signal: AbortSignal;
}

/** Tells the application until it accepts or the attempts are used up. */
export async function announce(
  announcement: Announcement,
): Promise<'accepted' | 'failed' | 'called off'> {
  const { post, sleep, onFailure, signal } = announcement;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const cause = await post().then(
      () => undefined,
      (error: unknown) => causeOf(error),
    );
    if (signal.aborted) return 'called off';
    if (cause === undefined) return 'accepted';
    onFailure(cause);
    if (attempt < ATTEMPTS) await sleep(pauseAfter(attempt));
    if (signal.aborted) return 'called off';
  }
  return 'failed';
}

/** Milliseconds to wait after so many attempts. */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempts - 1));
}
