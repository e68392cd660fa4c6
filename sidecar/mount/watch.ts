import type { watch } from 'node:fs';
import type { Problem } from '../messages.ts';
import type { SecretSnapshot } from '../snapshot.ts';
import { changes } from './changes.ts';
import { DATA_LINK } from './generation.ts';
import { currentGeneration, readMount } from './read.ts';

export interface WatchOptions {
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the mount is looked at even if the kernel tells of no change; default 5000. */
  readonly pollInterval?: number;
  /**
   * Called whenever what keeps the mount from being read or watched changes; with an empty list when nothing does any more.
   * The iteration goes on meanwhile and recovers by itself.
   */
  readonly onProblems?: (problems: readonly Problem[]) => void;
  /** How a folder is watched; for tests. */
  readonly watch?: typeof watch;
}

/** How often a mount is looked at in any case, in milliseconds. */
export const POLL_INTERVAL = 5000;

/**
 * Yields the current generation of a mount as soon as there is one, and then each new one, until the signal is aborted. Who
 * is slow to ask gets the newest and misses those between. Never throws: a mount that is not there yet or cannot
 * be read is waited for, and told to `onProblems`. Blocks while it reads a generation, as `readSecretMount` does.
 *
 * @param path The folder where the secrets are mounted, such as `/mnt/secrets-store`.
 */
export async function* watchSecretMount(
  path: string,
  options: WatchOptions = {},
): AsyncGenerator<SecretSnapshot, void, void> {
  const { signal = new AbortController().signal, pollInterval = POLL_INTERVAL } = options;
  const told = new Problems(options.onProblems);
  let known: string | undefined;
  let isRead = false;
  const entry = {
    folder: path,
    name: DATA_LINK,
    // What could not be read is tried again with every look.
    identify: () => (isRead ? currentGeneration(path) : undefined),
  };
  const onWatch = (problem: Problem | undefined) => told.set('watch', problem);
  const watched = options.watch === undefined ? {} : { watch: options.watch };
  for await (const _ of changes(entry, { signal, pollInterval, onWatch, ...watched })) {
    const { snapshot, problem } = readMount(path);
    told.set('read', problem);
    isRead = snapshot !== undefined;
    if (snapshot === undefined || snapshot.generation === known) continue;
    known = snapshot.generation;
    yield snapshot;
  }
}

/** The problems of a mount by what they concern; tells their list when it changes. */
class Problems {
  readonly #current = new Map<string, Problem>();
  readonly #tell: ((problems: readonly Problem[]) => void) | undefined;

  constructor(tell: ((problems: readonly Problem[]) => void) | undefined) {
    this.#tell = tell;
  }

  set(about: 'watch' | 'read', problem: Problem | undefined): void {
    const before = this.#current.get(about);
    if (problem === undefined) this.#current.delete(about);
    else this.#current.set(about, problem);
    if (before?.message !== problem?.message) this.#tell?.([...this.#current.values()]);
  }
}
