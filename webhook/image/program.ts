import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Entry } from './tar.ts';

const run = promisify(execFile);

/** A line of ldd: `libm.so.6 => /lib/libm.so.6 (0x…)`, `/lib64/ld-linux-x86-64.so.2 (0x…)` or `libx.so => not found`. */
const LIBRARY = /^\s*(?:(?<name>\S+) => )?(?<file>\/\S+|not found)(?: \(0x|$)/;

/**
 * A program of this machine and the shared libraries that it needs, where the program looks for them. `libraryPath`
 * lists folders, separated by colons, that hold libraries besides those of the system. Rejects with the name
 * of a library that is not installed.
 */
export async function programEntries(
  file: string,
  path: string,
  libraryPath = '',
): Promise<Entry[]> {
  const program = { path, mode: 0o755, content: await readFile(file) };
  const libraries = (await librariesOf(file, libraryPath)).map(async (library) => ({
    path: library,
    mode: 0o755,
    content: await readFile(library),
  }));
  return [program, ...(await Promise.all(libraries))];
}

async function librariesOf(file: string, libraryPath: string): Promise<string[]> {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', LD_LIBRARY_PATH: libraryPath };
  // A static program is no error, though ldd ends with 1 for it.
  const said = await run('ldd', [file], { env }).catch((error) => error);
  if (/not a dynamic executable|statically linked/.test(`${said.stdout}${said.stderr}`)) return [];
  if (said instanceof Error) throw new Error(`ldd ${file} failed`, { cause: said });
  return said.stdout.split('\n').flatMap((line: string) => {
    const { name, file: library } = LIBRARY.exec(line)?.groups ?? {};
    if (library === 'not found') throw new Error(`${file} needs ${name}, which is not installed`);
    return library ?? [];
  });
}
