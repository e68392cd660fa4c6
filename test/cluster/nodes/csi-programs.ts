import path from 'node:path';
import {
  builtFolder,
  type GoPrograms,
  goBuild,
  hasGo,
  makeFolder,
} from '../../support/go-build.ts';
import { isExecutable } from '../binaries.ts';

const PROGRAMS: GoPrograms = {
  module: path.join(import.meta.dirname, 'csi'),
  sources: [
    'go.mod',
    'go.sum',
    'azure/main.go',
    'mlog/go.mod',
    'mlog/mlog.go',
    'registrar/main.go',
  ],
  pinned: 'sigs.k8s.io/secrets-store-csi-driver',
  name: 'csi-programs',
};

const LAST = 'registrar';

/**
 * The folder with the Secrets Store CSI driver, `azure`, which plays its provider, and `registrar`; Go builds them once and
 * they are kept in the cache. Undefined if they are neither there nor Go to build them.
 */
export async function findCsiPrograms(
  env: NodeJS.ProcessEnv = process.env,
  log: (line: string) => void = () => {},
): Promise<string | undefined> {
  const { folder, version } = await builtFolder(PROGRAMS, env);
  if (await isExecutable(path.join(folder, LAST))) return folder;
  if (!(await hasGo(env))) return undefined;
  log(`building the Secrets Store CSI driver ${version} with Go, once`);
  await makeFolder(folder, (unfinished) => build(unfinished));
  return folder;
}

async function build(unfinished: string): Promise<void> {
  const what = ['-ldflags=-s -w', '-o', `${unfinished}/`, 'tool', './azure', `./${LAST}`];
  await goBuild(PROGRAMS.module, what);
}
