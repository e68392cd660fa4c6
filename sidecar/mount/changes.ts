import { type FSWatcher, watch } from 'node:fs';
import { causeOf, type Problem, problem } from '../messages.ts';
import { Wakeup } from '../wakeup.ts';

/** One name in a folder that is replaced by renaming something over it. */
export interface WatchedEntry {
  readonly folder: string;
  readonly name: string;
  /** Another text for each state of the entry; `undefined` if that cannot be told. Cheap, and never throws. */
  readonly identify: () => string | undefined;
}

export interface ChangesOptions {
  /** Ends the iteration. */
  readonly signal: AbortSignal;
  /** Milliseconds after which the entry is looked at in any case. */
  readonly pollInterval: number;
  /** Called when the folder can be watched no more (with the problem), or again (with `undefined`). */
  readonly onWatch: (problem: Problem | undefined) => void;
  /** How a folder is watched; for tests. */
  readonly watch?: typeof watch;
}

/** How often an entry that cannot be watched is looked at, in milliseconds. */
const UNWATCHED_INTERVAL = 1000;

/**
 * Yields at once, then whenever the entry may have changed: soon after the kernel tells of it, and when looking at it finds
 * another state, or one that cannot be told. The folder is watched and not the entry, because a watch on the entry dies with the
 * first rename over it; and it is looked at besides, because some file systems and sandboxes tell nothing. Never throws.
 */
export async function* changes(
  entry: WatchedEntry,
  options: ChangesOptions,
): AsyncGenerator<void, void, void> {
  const { signal, pollInterval } = options;
  const wakeup = new Wakeup(signal);
  const watcher = new FolderWatch(entry, options, () => wakeup.wake());
  let known: string | undefined;
  try {
    while (!signal.aborted) {
      const isWatched = watcher.arm();
      const seen = entry.identify();
      if (seen === undefined || seen !== known) {
        known = seen;
        yield;
      }
      const interval = isWatched ? pollInterval : Math.min(pollInterval, UNWATCHED_INTERVAL);
      const woken = await wakeup.sleep(interval);
      // What looking finds and the watch has not told shows a deaf watch, as after another mount over the folder.
      const now = woken ? known : entry.identify();
      if (now !== undefined && now !== known) watcher.disarm();
    }
  } finally {
    watcher.disarm();
    wakeup.close();
  }
}

/** A watch on the folder that can be lost and set up again. */
class FolderWatch {
  readonly #entry: WatchedEntry;
  readonly #options: ChangesOptions;
  readonly #onEvent: () => void;
  #watcher: FSWatcher | undefined;
  #cause: string | undefined;

  constructor(entry: WatchedEntry, options: ChangesOptions, onEvent: () => void) {
    this.#entry = entry;
    this.#options = options;
    this.#onEvent = onEvent;
  }

  /** Is the folder watched, or can it be from now on? */
  arm(): boolean {
    if (this.#watcher !== undefined) return true;
    const { folder, name } = this.#entry;
    try {
      const watcher = (this.#options.watch ?? watch)(folder, (_, changed) => {
        if (changed === name || changed === null) this.#onEvent();
      });
      watcher.on('error', (error) => {
        this.disarm();
        this.#tell(causeOf(error));
      });
      this.#watcher = watcher;
      this.#tell(undefined);
      return true;
    } catch (error) {
      this.#tell(causeOf(error));
      return false;
    }
  }

  disarm(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #tell(cause: string | undefined): void {
    if (cause === this.#cause) return;
    this.#cause = cause;
    const seconds = Math.min(this.#options.pollInterval, UNWATCHED_INTERVAL) / 1000;
    this.#options.onWatch(
      cause === undefined
        ? undefined
        : problem('ZK815', { path: this.#entry.folder, cause, seconds }),
    );
  }
}
