import path from 'node:path';
import {
  builtFolder,
  type GoPrograms,
  goBuild,
  hasGo,
  makeFolder,
} from '../../support/go-build.ts';
import { isExecutable } from '../binaries.ts';

const TOOLS: GoPrograms = {
  module: path.join(import.meta.dirname, 'tools'),
  sources: ['go.mod', 'go.sum', 'pause/main.go'],
  pinned: 'github.com/containerd/containerd/v2',
  name: 'node-tools',
};

const LAST = 'pause';

/**
 * The folder with containerd, its shim and client, the network plugins and `pause`; Go builds them once: about two minutes,
 * then they are kept in the cache. Undefined if they are neither there nor Go to build them.
 */
export async function findNodeTools(
  env: NodeJS.ProcessEnv = process.env,
  log: (line: string) => void = () => {},
): Promise<string | undefined> {
  const { folder, version } = await builtFolder(TOOLS, env);
  if (await isExecutable(path.join(folder, LAST))) return folder;
  if (!(await hasGo(env))) return undefined;
  log(`building containerd ${version} with Go, once`);
  await makeFolder(folder, (unfinished) => build(unfinished));
  return folder;
}

async function build(unfinished: string): Promise<void> {
  const what = ['-tags=no_btrfs no_devmapper no_zfs', '-ldflags=-s -w', '-o', `${unfinished}/`];
  await goBuild(TOOLS.module, [...what, 'tool', `./${LAST}`]);
}
