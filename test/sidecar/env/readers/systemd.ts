import path from 'node:path';
import { systemdLibrary } from '../../../support/systemd-library.ts';
import { withFiles } from './files.ts';
import { output, succeeds } from './program.ts';
import type { Reader, Unavailable } from './reader.ts';

const SCRIPT = path.join(import.meta.dirname, 'systemd.py');

/** The function with which systemd reads `EnvironmentFile=`, called in its own library through Python. */
export async function systemd(): Promise<Reader | Unavailable> {
  if (!(await succeeds('python3', ['--version']))) {
    return { unavailable: 'there is no python3 on PATH' };
  }
  const library = await systemdLibrary(process.env);
  if ('unavailable' in library) return library;
  return (texts) =>
    withFiles(texts, async (files) => {
      const env = { LD_LIBRARY_PATH: library.libraryPath };
      const found = await output('python3', [SCRIPT, library.file, ...files], { env });
      return (JSON.parse(found) as [string, string][][]).map((pairs) => new Map(pairs));
    });
}
