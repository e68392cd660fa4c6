import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../until.ts';

const ROOT = '/sys/fs/cgroup';

/** The folders under which groups are made: one of version 2, or one a controller of version 1 and `unified`. */
async function hierarchies(): Promise<string[]> {
  if (existsSync(path.join(ROOT, 'cgroup.controllers'))) return [ROOT];
  const names = await readdir(ROOT).catch(() => []);
  return names.map((name) => path.join(ROOT, name));
}

/** Makes a control group, such as `/tests/node`, and its parents, in which processes can be put at once. */
export async function makeCgroup(group: string): Promise<void> {
  for (const hierarchy of await hierarchies()) {
    let folder = hierarchy;
    for (const name of group.split('/').filter(Boolean)) {
      const parent = folder;
      folder = path.join(folder, name);
      await mkdir(folder, { recursive: true });
      await inheritCpuset(parent, folder);
    }
  }
}

/** In version 1 a new group of this controller has no processor and takes no process. */
async function inheritCpuset(parent: string, folder: string): Promise<void> {
  for (const name of ['cpuset.cpus', 'cpuset.mems']) {
    const value = await readFile(path.join(parent, name), 'utf8').catch(() => '');
    if (value.trim()) await writeFile(path.join(folder, name), value);
  }
}

/** Removes a control group and all below it. The processes in them must have been ended before. */
export async function removeCgroup(group: string): Promise<void> {
  for (const hierarchy of await hierarchies()) {
    const folder = path.join(hierarchy, group);
    // The kernel says "busy" until the last of the ended processes has been taken away.
    await until(`no control group ${folder}`, () => isRemoved(folder));
  }
}

async function isRemoved(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return true;
  for (const entry of entries.filter((each) => each.isDirectory())) {
    if (!(await isRemoved(path.join(folder, entry.name)))) return false;
  }
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}
