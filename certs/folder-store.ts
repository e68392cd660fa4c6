import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FILE_NAMES, isForeign, PRIVATE_FILES } from './state.ts';
import type { Files, SecretStore, Stored } from './store.ts';

/**
 * A folder of one process on one machine, made when first written to. Private keys are for its owner only. Each file is
 * replaced in one step; nothing tells of changes that others make.
 */
export function folderStore(folder: string): SecretStore {
  const read = async (): Promise<Stored | undefined> => {
    const files = await readFiles(folder);
    if (Object.keys(files).length === 0) return undefined;
    refuseForeign(folder, files);
    return { files, resourceVersion: versionOf(files), rotationAsked: false };
  };
  const write = async (files: Files): Promise<'done'> => {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    for (const name of FILE_NAMES) await writeOrRemove(path.join(folder, name), files[name]);
    return 'done';
  };
  return {
    read,
    create: async (files) => ((await read()) ? 'lost' : write(files)),
    update: async ({ files, resourceVersion }) =>
      (await read())?.resourceVersion === resourceVersion ? write(files) : 'lost',
    watch: async (signal) => {
      if (!signal.aborted) await once(signal, 'abort');
    },
  };
}

/** Somebody's own private key is never overwritten. */
function refuseForeign(folder: string, files: Files): void {
  if (!isForeign(files)) return;
  throw new Error(
    `${folder} holds a private key that was not made here; expected an empty folder or one made before; name another folder`,
  );
}

async function readFiles(folder: string): Promise<Files> {
  const found = await Promise.all(
    FILE_NAMES.map(async (name) => [name, await readIfThere(path.join(folder, name))] as const),
  );
  return Object.fromEntries(
    found.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeOrRemove(file: string, text: string | undefined): Promise<void> {
  if (text === undefined) return rm(file, { force: true });
  const unfinished = `${file}.${randomUUID()}`;
  const mode = PRIVATE_FILES.includes(path.basename(file)) ? 0o600 : 0o644;
  await writeFile(unfinished, text, { mode });
  await rename(unfinished, file);
}

function versionOf(files: Files): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}
