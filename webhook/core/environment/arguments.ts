import type { EnvFormat } from '../../../sidecar/contract.ts';
import type { MountedClass } from './mounted.ts';
import type { Rotation } from './rotation.ts';
import type { FileVariable } from './variables.ts';

/** What the sidecar is told to do. */
export interface SidecarTask {
  readonly classes: readonly MountedClass[];
  readonly variables: readonly FileVariable[];
  /** Classes of which every file becomes a variable, whatever it is called. */
  readonly unknown: readonly MountedClass[];
  /** `undefined`: no environment file is written. */
  readonly format: EnvFormat | undefined;
  readonly rotation: Rotation;
}

/** The command line of the sidecar, without what is its default: files of variables are expected anyway. */
export function sidecarArguments(task: SidecarTask): string[] {
  const { classes, variables, unknown, format, rotation } = task;
  const required = new Set(variables.map(({ path }) => path));
  const expected = classes
    .flatMap(({ path, files }) => (files ?? []).map(({ file }) => `${path}/${file}`))
    .filter((path) => !required.has(path))
    .toSorted();
  return [
    ...classes.map(({ path }) => `--mount=${path}`),
    ...expected.map((path) => `--expect=${path}`),
    ...variables.map(({ name, path, holds }) =>
      holds === 'content' ? `--variable=${name}=${path}` : `--file-variable=${name}=${path}`,
    ),
    ...unknown.map(({ path }) => `--auto=${path}`),
    ...(format === undefined
      ? ['--env-file=none']
      : format === 'posix'
        ? []
        : [`--format=${format}`]),
    ...rotationArguments(rotation),
  ].map(verbatim);
}

/** What makes the sidecar compare the mounted files with Key Vault; empty where no object is known to compare. */
export function verifyArguments(classes: readonly MountedClass[]): string[] {
  const objects = classes.flatMap(({ path, files }) =>
    (files ?? []).flatMap(({ file, source }) =>
      source === undefined ? [] : [`--object=${source}=${path}/${file}`],
    ),
  );
  return objects.length > 0 ? ['--verify', ...objects.toSorted()].map(verbatim) : [];
}

function rotationArguments(rotation: Rotation): string[] {
  if (rotation.action === 'none') return [];
  const hook = rotation.action === 'http' ? `http=${rotation.url}` : rotation.action;
  return [`--on-rotation=${hook}`];
}

/** The kubelet replaces `$(NAME)` in arguments and makes one `$` of two. */
function verbatim(argument: string): string {
  return argument.replaceAll('$', '$$$$');
}
