import path from 'node:path';
import {
  builtFolder,
  type GoPrograms,
  goBuild,
  hasGo,
  makeFolder,
} from '../../../support/go-build.ts';
import { withFiles } from './files.ts';
import { output, succeeds } from './program.ts';
import type { Reader, Unavailable } from './reader.ts';

const PROGRAM: GoPrograms = {
  module: path.join(import.meta.dirname, 'go'),
  sources: ['go.mod', 'go.sum', 'main.go'],
  pinned: 'k8s.io/kubernetes',
  name: 'env-readers',
};

/** The parser of `docker run --env-file`. */
export const docker = (): Promise<Reader | Unavailable> => reader('docker');

/** The kubelet's parser for `fileKeyRef`. */
export const kubelet = (): Promise<Reader | Unavailable> => reader('kubernetes');

async function reader(format: 'docker' | 'kubernetes'): Promise<Reader | Unavailable> {
  const built = await program();
  if (typeof built !== 'string') return built;
  return (texts) =>
    withFiles(texts, async (paths) => {
      const files = paths.map((file, index) => ({ path: file, names: names(texts[index] ?? '') }));
      const found = await output(built, [], { input: JSON.stringify({ format, files }) });
      return (JSON.parse(found) as Record<string, string>[]).map(
        (variables) => new Map(Object.entries(variables)),
      );
    });
}

/** Built once, then kept in the cache. */
async function program(): Promise<string | Unavailable> {
  const { folder } = await builtFolder(PROGRAM, process.env);
  const file = path.join(folder, 'readers');
  if (await succeeds('test', ['-x', file])) return file;
  if (!(await hasGo(process.env))) return { unavailable: 'there is no go on PATH' };
  try {
    await makeFolder(folder, (unfinished) =>
      goBuild(PROGRAM.module, ['-o', path.join(unfinished, 'readers'), '.']),
    );
  } catch (error) {
    return { unavailable: String(error).replaceAll('\n', ' ') };
  }
  return file;
}

/** What could be the name of a variable: whoever uses the kubelet's parser asks for one name at a time. */
function names(text: string): string[] {
  return [...new Set([...text.matchAll(/^[ \t]*(\w+)=/gm)].map(([, name = '']) => name))];
}
