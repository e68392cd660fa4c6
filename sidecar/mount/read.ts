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
  const files = new Map<string, Buffer>();
  try {
    const slab = { memory: Buffer.allocUnsafeSlow(SLAB), used: 0 };
    collect(`${folder}/${generation}`, '', { files, slab });
  } catch (error) {
    if (currentGeneration(folder) !== generation) return undefined;
    return { problem: unreadable(folder, error) };
  }
  if (currentGeneration(folder) !== generation) return undefined;
  return { snapshot: { path: folder, generation, changedAt: changedAt(generation), files } };
}

interface Collection {
  readonly files: Map<string, Buffer>;
  readonly slab: Slab;
}

/** Adds every regular file below a folder, by its path from there. */
function collect(folder: string, prefix: string, into: Collection): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) collect(file, `${prefix}${entry.name}/`, into);
    else if (entry.isFile()) into.files.set(prefix + entry.name, contentOf(file, into.slab));
  }
}

/** Memory for most generations, and more than the longest secret of Key Vault (25 kB). */
const SLAB = 64 * 1024;

/** Memory that files are read into one behind the other, so that nothing is copied. */
interface Slab {
  memory: Buffer;
  used: number;
}

/** Three calls of the kernel where `readFileSync` makes four. */
function contentOf(file: string, slab: Slab): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const { memory, used } = slab;
    const length = readSync(descriptor, memory, used, memory.length - used, null);
    slab.used += length;
    const content = memory.subarray(used, slab.used);
    if (slab.used < memory.length) return content;
    // Full: the rest, if there is one, and new memory for what follows.
    slab.memory = Buffer.allocUnsafeSlow(SLAB);
    slab.used = 0;
    return Buffer.concat([content, readFileSync(descriptor)]);
  } finally {
    closeSync(descriptor);
  }
}

/** EINVAL: `..data` is no link. ENOENT and ENOTDIR: nothing was mounted. */
const NOT_MOUNTED = ['ENOENT', 'ENOTDIR', 'EINVAL'];

function unreadable(folder: string, error: unknown): Problem {
  const cause = causeOf(error);
  if (NOT_MOUNTED.includes(cause)) return problem('ZK811', { path: folder, cause });
  return problem('ZK813', { path: (error as NodeJS.ErrnoException).path ?? folder, cause });
}
