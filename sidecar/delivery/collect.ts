import { variableName } from '../contract.ts';
import { type Mapped, mapVariables } from '../env/variables.ts';
import type { Settings } from '../settings.ts';
import type { SecretSnapshot } from '../snapshot.ts';

/** The generation of each mount, by its folder. */
export type Snapshots = ReadonlyMap<string, SecretSnapshot>;

/** The variables that the settings make of the mounts, or everything that is in the way. Files are named by their whole path. */
export function collect(settings: Settings, snapshots: Snapshots): Mapped {
  const files = new Map<string, Buffer>();
  const contents = named(settings.variables, 'file');
  for (const { path, files: found } of snapshots.values()) {
    const isAutomatic = settings.autoMounts.includes(path);
    for (const [name, content] of found) {
      const file = `${path}/${name}`;
      files.set(file, content);
      if (isAutomatic) contents.push({ name: variableName(name), file });
    }
  }
  return mapVariables(files, {
    contents,
    auto: false,
    paths: named(settings.fileVariables, 'path'),
  });
}

/** Files that have to be in a mount and are not in its generation, relative to the mount and sorted. */
export function missingFiles(settings: Settings, { path, files }: SecretSnapshot): string[] {
  const { expected, variables, fileVariables } = settings;
  const wanted = new Set([...expected, ...variables.values(), ...fileVariables.values()]);
  return [...wanted]
    .filter((file) => file.startsWith(`${path}/`))
    .map((file) => file.slice(path.length + 1))
    .filter((file) => !files.has(file))
    .sort();
}

function named<Key extends string>(
  variables: ReadonlyMap<string, string>,
  key: Key,
): ({ readonly name: string } & Record<Key, string>)[] {
  return [...variables].map(
    ([name, file]) => ({ name, [key]: file }) as { name: string } & Record<Key, string>,
  );
}
