import { readFile, realpath, watch as watchFolder } from 'node:fs/promises';
import path from 'node:path';
import { SERVED_FILES } from './state.ts';
import type { Files, SecretStore } from './store.ts';
import type { Clock } from './surroundings.ts';

const RETRY = 10_000;
const MOST_ATTEMPTS = 5;

/**
 * A Secret that the kubelet mounts, read only. The kubelet swaps the link `..data` from one whole content to the next
 * (kubernetes/pkg/volume/util/atomic_writer.go, 1.36), so all files are read through one resolved folder.
 */
export function mountedStore(folder: string, clock: Clock): Pick<SecretStore, 'read' | 'watch'> {
  return {
    read: async () => {
      const files = await readGeneration(folder);
      return { files, resourceVersion: '', rotationAsked: false };
    },
    watch: async (signal, onChange) => {
      while (!signal.aborted) {
        await tellChanges(folder, signal, onChange);
        await clock.sleep(RETRY, signal);
      }
    },
  };
}

/** Files of one generation; again if it was removed while it was read. */
async function readGeneration(folder: string): Promise<Files> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await resolve(folder);
    const files = await readFiles(before);
    if (before === (await resolve(folder)) || attempt === MOST_ATTEMPTS) return files;
  }
}

/** Where `..data` leads; the folder itself where somebody else than the kubelet fills it. */
async function resolve(folder: string): Promise<string> {
  return realpath(path.join(folder, '..data')).catch(() => folder);
}

async function readFiles(folder: string): Promise<Files> {
  const found = await Promise.all(
    SERVED_FILES.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
  return Object.fromEntries(found.flat());
}

/** Ends without an error where the folder cannot be watched, or no longer. */
async function tellChanges(
  folder: string,
  signal: AbortSignal,
  onChange: () => void,
): Promise<void> {
  try {
    for await (const _ of watchFolder(folder, { signal })) onChange();
  } catch {
    onChange();
  }
}
