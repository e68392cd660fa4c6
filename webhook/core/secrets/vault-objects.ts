import type { AnnotationReader } from '../annotation-reader.ts';
import { MOST_NAMES } from '../annotations.ts';
import { type Problem, problem } from '../problems.ts';
import { parseList } from '../values.ts';
import { parseObject, type VaultObject } from './vault-object.ts';

/**
 * The objects that the annotation `secrets` lists; `undefined` where it is absent. Everything that would leave the pods in
 * ContainerCreating is told at once.
 */
export function readObjects(reader: AnnotationReader): readonly VaultObject[] | undefined {
  const text = reader.text('secrets');
  if (text === undefined) return undefined;
  const entries = parseList(text);
  const { length } = entries;
  if (length === 0)
    reader.malformed('secrets', text, 'objects of the key vault, by comma or newline');
  if (length > MOST_NAMES)
    reader.malformed('secrets', `${length} objects`, `at most ${MOST_NAMES}`);
  const objects = entries.slice(0, MOST_NAMES).flatMap((entry) => readObject(reader, entry));
  reader.problems.push(...clashes(objects));
  return objects;
}

function readObject(reader: AnnotationReader, entry: string): VaultObject[] {
  const parsed = parseObject(entry);
  if (parsed.expected === undefined) return [parsed.object];
  for (const one of parsed.expected) reader.malformed('secrets', entry, one);
  return [];
}

/** The objects that a list names which was read without a problem before. */
export function objectsOf(list: string): readonly VaultObject[] {
  return parseList(list).flatMap((entry) => {
    const parsed = parseObject(entry);
    return parsed.expected === undefined ? [parsed.object] : [];
  });
}

/** What the provider does not look for: an object twice, two objects for one file, a file where a folder must be. */
function clashes(objects: readonly VaultObject[]): Problem[] {
  const once = [...new Map(objects.map((object) => [identityOf(object), object])).values()];
  return [...sameObjects(objects), ...sameFiles(once), ...filesAsFolders(once)];
}

/** Key Vault compares names without regard to case. */
function identityOf({ type, name }: VaultObject): string {
  return `${type}/${name.toLowerCase()}`;
}

function sameObjects(objects: readonly VaultObject[]): Problem[] {
  return repeated(objects, identityOf).map(({ type, name }) => problem('ZK115', { type, name }));
}

function sameFiles(objects: readonly VaultObject[]): Problem[] {
  return repeated(objects, ({ file }) => file).map(({ type, name, file }) =>
    problem('ZK116', { file, type, name }),
  );
}

function filesAsFolders(objects: readonly VaultObject[]): Problem[] {
  const files = new Set(objects.map(({ file }) => file));
  return objects.flatMap(({ file: other }) => {
    const folders = other.split('/').map((_, index, all) => all.slice(0, index).join('/'));
    const file = folders.find((folder) => files.has(folder));
    return file === undefined ? [] : [problem('ZK117', { file, other })];
  });
}

/** The second of those that have the same key. */
function repeated(
  objects: readonly VaultObject[],
  keyOf: (object: VaultObject) => string,
): VaultObject[] {
  const seen = new Map<string, number>();
  return objects.filter((object) => {
    const count = (seen.get(keyOf(object)) ?? 0) + 1;
    seen.set(keyOf(object), count);
    return count === 2;
  });
}
