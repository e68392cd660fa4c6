import path from 'node:path';
import { cacheFolder } from '../../support/cache.ts';
import { libraryFolders, systemName, unpackPackages } from '../../support/debian-packages.ts';
import { makeFolder } from '../../support/go-build.ts';
import { isExecutable, type Unavailable } from '../binaries.ts';

/** What is not written in Go alone, and the Debian package of each. */
const PACKAGES = { runc: 'runc', nft: 'nftables', busybox: 'busybox-static' } as const;
type Tool = keyof typeof PACKAGES;
const TOOLS = Object.keys(PACKAGES) as Tool[];

export type SystemTools = {
  readonly paths: Readonly<Record<Tool, string>>;
  /** Folders of libraries that they need besides those of the system, separated by colons; may be empty. */
  readonly libraryPath: string;
};

/**
 * Finds runc, nft and busybox: on PATH, else in packages of this Debian (or a system made from it), which are
 * downloaded once and unpacked in the cache. Nothing is installed.
 */
export async function findSystemTools(
  env: NodeJS.ProcessEnv = process.env,
  log: (line: string) => void = () => {},
): Promise<SystemTools | Unavailable> {
  const root = path.join(cacheFolder(env), 'debian', await systemName());
  const missing = missingOf(await locate(root, env));
  if (missing.length > 0) {
    log(`downloading the packages of ${missing.join(', ')}, once`);
    try {
      const packages = missing.map((tool) => PACKAGES[tool]);
      await makeFolder(root, (unfinished) => unpackPackages(packages, unfinished));
    } catch (error) {
      return { unavailable: `there is no ${missing.join(' and no ')} on PATH, and ${error}` };
    }
  }
  const paths = await locate(root, env);
  const still = missingOf(paths);
  if (still.length > 0) return { unavailable: `${root} has no ${still.join(' and no ')}` };
  return {
    paths: paths as SystemTools['paths'],
    libraryPath: (await libraryFolders(root)).join(':'),
  };
}

async function locate(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<Partial<SystemTools['paths']>> {
  const unpacked = ['usr/sbin', 'usr/bin', 'sbin', 'bin'].map((name) => path.join(root, name));
  const folders = [...(env.PATH ?? '').split(':'), ...unpacked];
  const found: Partial<Record<Tool, string>> = {};
  for (const tool of TOOLS) {
    for (const file of folders.map((folder) => path.join(folder, tool))) {
      if (!found[tool] && (await isExecutable(file))) found[tool] = file;
    }
  }
  return found;
}

function missingOf(found: Partial<SystemTools['paths']>): Tool[] {
  return TOOLS.filter((tool) => found[tool] === undefined);
}
