import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.ts';
import { libraryFolders, systemName, unpackPackages } from './debian-packages.ts';
import { makeFolder } from './go-build.ts';

export type SystemdLibrary = {
  /** The library that systemd's programs share. */
  readonly file: string;
  /** Folders of libraries that it needs besides those of the system, separated by colons; may be empty. */
  readonly libraryPath: string;
};

/** Of Debian 12; elsewhere it is part of the package systemd. */
const PACKAGES = ['libsystemd-shared', 'systemd'];

/** Finds the shared library of the installed systemd, else of the package, unpacked in the cache. Nothing is installed. */
export async function systemdLibrary(
  env: NodeJS.ProcessEnv,
): Promise<SystemdLibrary | { readonly unavailable: string }> {
  const installed = await locate('/');
  if (installed) return { file: installed, libraryPath: '' };
  const root = path.join(cacheFolder(env), 'debian', `systemd-${await systemName()}`);
  if (!(await locate(root))) {
    try {
      await makeFolder(root, (unfinished) => unpackFirst(unfinished));
    } catch (error) {
      return { unavailable: `there is no library of systemd, and ${error}` };
    }
  }
  const file = await locate(root);
  if (!file) return { unavailable: `${root} has no library of systemd` };
  const folders = [path.dirname(file), ...(await libraryFolders(root))];
  return { file, libraryPath: folders.join(':') };
}

async function unpackFirst(folder: string): Promise<void> {
  const [first = '', second = ''] = PACKAGES;
  await unpackPackages([first], folder).catch(() => unpackPackages([second], folder));
}

async function locate(root: string): Promise<string | undefined> {
  const folders = [path.join(root, 'usr/lib'), ...(await libraryFolders(root))];
  for (const folder of folders.map((parent) => path.join(parent, 'systemd'))) {
    const names = await readdir(folder).catch(() => []);
    const name = names.find((file) => /^libsystemd-shared-.+\.so$/.test(file));
    if (name) return path.join(folder, name);
  }
  return;
}
