import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

export interface WriteOptions {
  /** Permissions of the file, whatever the umask; default 0444, so that nobody writes it in place. */
  readonly mode?: number;
}

/** `unchanged`: the file held these bytes already and was not touched. */
export type Written = 'created' | 'replaced' | 'unchanged';

/**
 * Replaces a file in one step: a reader that opens it at any moment gets the whole old or the whole new content. The new
 * content is written to a file beside it that has its final permissions before its first byte, is flushed, and is renamed.
 * On an error the file is as it was, and nothing is left beside it. Blocks.
 *
 * @throws The error of the file system, such as `ENOSPC`, `EROFS` or `EACCES`.
 */
export function writeFileAtomic(
  file: string,
  content: string | Uint8Array,
  { mode = 0o444 }: WriteOptions = {},
): Written {
  const bytes = Buffer.from(content);
  const before = statSync(file, { throwIfNoEntry: false });
  if (before !== undefined && holds(file, before, bytes, mode)) return 'unchanged';
  replaceFile(file, bytes, mode);
  return before === undefined ? 'created' : 'replaced';
}

/** The same without a look at what stands there, for who knows that it is something else. */
export function replaceFile(file: string, content: string | Uint8Array, mode: number): void {
  const folder = path.dirname(file);
  const unfinished = `${folder}/.${path.basename(file)}.${uniquePart()}${SUFFIX}`;
  try {
    writeNew(unfinished, content, mode);
    renameSync(unfinished, file);
  } catch (error) {
    removeQuietly(unfinished);
    throw error;
  }
}

/**
 * Removes what writers of this file that were killed have left beside it. Only for a file that this process alone writes: the
 * unfinished file of a living writer would be removed too. Never throws.
 */
export function removeLeftovers(file: string): void {
  const folder = path.dirname(file);
  const leftover = new RegExp(`^\\.${escaped(path.basename(file))}\\.[0-9a-z]+\\${SUFFIX}$`);
  for (const name of namesIn(folder)) {
    if (leftover.test(name)) removeQuietly(path.join(folder, name));
  }
}

/**
 * The permissions that a file of secrets should have in a folder: 0440 where the folder hands its group on (`fsGroup` sets
 * setgid on it), else 0444, because the application may run as any user; who may read is decided by who mounts the volume.
 */
export function secretMode(folder: string): number {
  return (statSync(folder).mode & SETGID) === 0 ? 0o444 : 0o440;
}

const SUFFIX = '.unfinished';
const SETGID = 0o2000;

/** Loading node:crypto for it would cost an idle sidecar a megabyte; two equal ones fail at the second, by O_EXCL. */
const uniquePart = (): string => Math.random().toString(36).slice(2);

function writeNew(file: string, content: string | Uint8Array, mode: number): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const descriptor = openSync(file, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
  try {
    fchmodSync(descriptor, mode);
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function holds(file: string, { mode, size }: Stats, bytes: Buffer, wanted: number): boolean {
  // What is not as long, or other than it should be, need not be read.
  if ((mode & 0o7777) !== wanted || size !== bytes.length) return false;
  try {
    return readFileSync(file).equals(bytes);
  } catch {
    // One that may not be read, or has just gone, is replaced; whether that works tells the rename.
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is read-only or gone: the caller has the error that matters, or the next start tries again.
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
