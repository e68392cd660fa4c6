import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, problem } from '../core/problems.ts';

/** A text of manifests and the name it is spoken of by. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

export interface ReadSources {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

/** What kubectl takes for a manifest in a folder. */
const MANIFEST = /\.(?:json|ya?ml)$/;

/**
 * Reads everything that `-f` names: files, the manifests of a folder (not of those within it) in the order of their
 * names, and standard input for `-`. Tells all that cannot be read.
 */
export async function readSources(
  names: readonly string[],
  stdin: () => Promise<Uint8Array>,
): Promise<ReadSources> {
  const files = (await Promise.all(names.map(filesOf))).flat();
  const read = await Promise.all(files.map((file) => readSource(file, stdin)));
  return {
    sources: read.filter((result) => 'text' in result),
    problems: read.filter((result) => 'code' in result),
  };
}

/** The manifests of a folder, or the file itself; that it can be read shows later. */
async function filesOf(name: string): Promise<(string | Problem)[]> {
  if (name === '-') return [name];
  const isFolder = await stat(name).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return [name];
  const entries = await readdir(name, { withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory() && MANIFEST.test(entry.name))
    .map((entry) => path.join(name, entry.name))
    .sort();
  const none = unreadable(name, 'holds no manifest', '*.yaml, *.yml or *.json in the folder');
  return files.length === 0 ? [none] : files;
}

async function readSource(
  file: string | Problem,
  stdin: () => Promise<Uint8Array>,
): Promise<Source | Problem> {
  if (typeof file !== 'string') return file;
  const name = file === '-' ? 'stdin' : file;
  try {
    // A byte order mark is kept, to be written again.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { name, text: decoder.decode(file === '-' ? await stdin() : await readFile(file)) };
  } catch (error) {
    if (error instanceof TypeError) return unreadable(name, 'is not UTF-8', UTF8);
    const { code, message } = error as NodeJS.ErrnoException;
    const detail = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${code ?? message}`;
    return unreadable(name, detail, 'a readable file or folder');
  }
}

const UTF8 = 'text in UTF-8 (PowerShell: Out-File -Encoding utf8)';

function unreadable(file: string, detail: string, expected: string): Problem {
  return problem('ZK505', { file, detail, expected });
}
