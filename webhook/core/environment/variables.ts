import { variableName } from '../../../sidecar/contract.ts';
import { listed, type Problem, problem } from '../problems.ts';
import type { NamedVariable } from './grammar.ts';
import type { MountedClass, MountedFile } from './mounted.ts';
import type { EnvironmentWish } from './wishes.ts';

/** A variable and the absolute path of its file. */
export interface FileVariable {
  readonly name: string;
  readonly path: string;
  /** What the variable holds of the file. */
  readonly holds: 'content' | 'path';
}

export interface Variables {
  readonly variables: readonly FileVariable[];
  /** Classes whose files are not known: the sidecar makes a variable of each that it finds. */
  readonly unknown: readonly MountedClass[];
  readonly denials: readonly Problem[];
}

/** Which variables come of which files. A name that would hold two of them is refused. */
export function variablesOf(
  { auto, named, delivery }: EnvironmentWish,
  classes: readonly MountedClass[],
): Variables {
  if (delivery === 'none') return { variables: [], unknown: [], denials: [] };
  const found = named.map((variable) => locate(variable, classes));
  const given = found.flatMap((one) => ('code' in one ? [] : [one]));
  const taken = new Set(given.map(({ path }) => path));
  const variables = [...given, ...(auto ? automatic(classes, taken) : [])];
  return {
    variables: variables.toSorted(byName),
    unknown: auto ? classes.filter(({ files }) => files === undefined) : [],
    denials: [...found.filter((one) => 'code' in one), ...collisions(variables)],
  };
}

/** A variable for each known file that has none yet: its path where the content is more than a text. */
function automatic(
  classes: readonly MountedClass[],
  taken: ReadonlySet<string>,
): readonly FileVariable[] {
  return classes.flatMap(({ path, files }) =>
    (files ?? [])
      .map((one) => automaticVariable(`${path}/${one.file}`, one))
      .filter((variable) => !taken.has(variable.path)),
  );
}

function automaticVariable(path: string, { file, isText }: MountedFile): FileVariable {
  const name = variableName(file);
  return isText ? { name, path, holds: 'content' } : { name: `${name}_FILE`, path, holds: 'path' };
}

/** With several classes a file is named below the folder of its class, or alone where only one class has it. */
function locate(
  { name, file, holds }: NamedVariable,
  classes: readonly MountedClass[],
): FileVariable | Problem {
  const below =
    classes.length > 1 ? classes.find((one) => file.startsWith(`${one.folder}/`)) : undefined;
  const rest = below === undefined ? file : file.slice(below.folder.length + 1);
  const possible = below === undefined ? classes : [below];
  const certain = possible.filter((one) => hasFile(one, rest));
  const maybe = possible.filter(({ files }) => files === undefined);
  const [only, ...others] = certain.length > 0 ? certain : maybe;
  if (only !== undefined && others.length === 0) {
    return { name, path: `${only.path}/${rest}`, holds };
  }
  const known = possible.flatMap((one) =>
    (one.files ?? []).map((each) => nameOf(one, each, classes)),
  );
  const expected =
    only === undefined
      ? `a file of the mounted classes: ${listed(known)}`
      : `CLASS/FILE, CLASS one of ${listed([only, ...others].map((one) => one.folder))}`;
  return problem('ZK132', { file, expected });
}

/** The order of a list is not part of what it asks for, so that a change of it restarts nothing. */
function byName(one: FileVariable, other: FileVariable): number {
  return one.name < other.name ? -1 : 1;
}

function hasFile({ files }: MountedClass, name: string): boolean {
  return files?.some(({ file }) => file === name) === true;
}

function nameOf(owner: MountedClass, { file }: MountedFile, classes: readonly MountedClass[]) {
  return classes.length > 1 ? `${owner.folder}/${file}` : file;
}

function collisions(variables: readonly FileVariable[]): Problem[] {
  const byName = Map.groupBy(variables, ({ name }) => name);
  return [...byName]
    .filter(([, all]) => all.length > 1)
    .map(([name, all]) => problem('ZK131', { name, files: listed(all.map(({ path }) => path)) }));
}
