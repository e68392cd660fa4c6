import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Lends files with these texts to something that reads files, and removes them afterwards. */
export async function withFiles<Result>(
  texts: readonly string[],
  read: (files: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zonekeeper-env-'));
  try {
    const files = texts.map((_, index) => path.join(folder, `${index}.env`));
    await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? '')));
    return await read(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
