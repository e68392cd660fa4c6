import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { causeOf, type Problem, problem } from '../messages.ts';
import type { SecretSnapshot } from '../snapshot.ts';
import { changedAt, DATA_LINK } from './generation.ts';

/** A generation that was read whole, or why there is none. */
export type Reading =
  | { readonly snapshot: SecretSnapshot; readonly problem?: never }
  | { readonly snapshot?: never; readonly problem: Problem };

/** How often a generation that vanished while it was read is begun anew. */
const ATTEMPTS = 50;

/**
 * Reads one generation of a mount. All files come from the folder that `..data` names, and the link still names it
 * afterwards: the driver removes a generation only when the link names the next one, so nothing of it was gone before.
 *
 * It blocks, on purpose: a mount is a tmpfs, where twenty files are read in a fraction of the time that asking the
 * thread pool takes.
 */
export function readMount(folder: string): Reading {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const reading = readOnce(folder);
    if (reading !== undefined) return reading;
  }
  return { problem: problem('ZK814', { path: folder, attempts: ATTEMPTS }) };
}

/** The generation that a mount names now; `undefined` if it names none or cannot be looked at. */
export function currentGeneration(folder: string): string | undefined {
  try {
    return readlinkSync(`${folder}/${DATA_LINK}`);
  } catch {
    return undefined;
  }
}

/** `undefined` if the generation changed meanwhile. */
function readOnce(folder: string): Reading | undefined {
  let generation: string;
  try {
    generation = readlinkSync(`${folder}/${DATA_LINK}`);
  } catch (error) {
    return { problem: unreadable(folder, error) };
  }
  let files: Map<string, Buffer>;
  try {
    files = filesOf(`${folder}/${generation}`);
  } catch (error) {
    if (currentGeneration(folder) !== generation) return undefined;
    return { problem: unreadable(folder, error) };
  }
  if (currentGeneration(folder) !== generation) return undefined;
  return { snapshot: { path: folder, generation, changedAt: changedAt(generation), files } };
}

/** Where the files of a generation are read to, one behind the other; a reading ends before the next one begins. */
const SPACE = Buffer.allocUnsafeSlow(64 * 1024);

/** Every regular file below a folder, by its path from there. */
function filesOf(folder: string): Map<string, Buffer> {
  const names: string[] = [];
  list(folder, '', names);
  const ends: number[] = [];
  let end = 0;
  for (const name of names) {
    end += readTo(end, `${folder}/${name}`);
    if (end === SPACE.length) return readEach(folder, names);
    ends.push(end);
  }
  // One piece of memory of the right size: a copy for each file takes longer, and what is not used would be kept for long.
  const all = Buffer.from(SPACE.subarray(0, end));
  return new Map(
    names.map((name, index) => [name, all.subarray(ends[index - 1] ?? 0, ends[index])]),
  );
}

function list(folder: string, prefix: string, names: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = prefix + entry.name;
    if (entry.isDirectory()) list(`${folder}/${entry.name}`, `${name}/`, names);
    else if (entry.isFile()) names.push(name);
  }
}

/**
 * Reads a file to that place, as far as there is room, in three calls of the kernel where `readFileSync` makes four: of a regular
 * file in a tmpfs one read gives all that fits.
 */
function readTo(start: number, file: string): number {
  const descriptor = openSync(file, 'r');
  try {
    return readSync(descriptor, SPACE, start, SPACE.length - start, null);
  } finally {
    closeSync(descriptor);
  }
}

/** A generation that is larger than the space. */
function readEach(folder: string, names: readonly string[]): Map<string, Buffer> {
  return new Map(names.map((name) => [name, readFileSync(`${folder}/${name}`)]));
}

/** EINVAL: `..data` is no link. ENOENT and ENOTDIR: nothing was mounted. */
const NOT_MOUNTED = ['ENOENT', 'ENOTDIR', 'EINVAL'];

function unreadable(folder: string, error: unknown): Problem {
  const cause = causeOf(error);
  if (NOT_MOUNTED.includes(cause)) return problem('ZK811', { path: folder, cause });
  return problem('ZK813', { path: (error as NodeJS.ErrnoException).path ?? folder, cause });
}
