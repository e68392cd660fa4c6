import { variableName } from '../contract.ts';
import { envMessage } from './messages.ts';
import { textOf } from './text.ts';

/** Which variables are wanted, and what each of them holds. */
export interface VariableMapping {
  /** Variables that hold the content of a file; `file` is its path relative to the mount. */
  readonly contents: readonly { readonly name: string; readonly file: string }[];
  /** Whether every file becomes a variable, named by `variableName`. */
  readonly auto: boolean;
  /** Variables that hold the path of a file, such as `TLS_CERT_FILE`; the file itself is read by the application. */
  readonly paths: readonly { readonly name: string; readonly path: string }[];
}

/** Why a variable cannot be had. `message` is one line with a stable code, without a value. */
export interface VariableProblem {
  readonly code: 'ZK804' | 'ZK805' | 'ZK806';
  readonly variable: string;
  readonly message: string;
}

/** All variables, or every problem. */
export type Mapped =
  | { readonly variables: Readonly<Record<string, string>> }
  | { readonly problems: readonly VariableProblem[] };

/** Makes variables of the files of a mount (path → bytes). Contents are taken whole, a final line feed too. */
export function mapVariables(
  files: ReadonlyMap<string, Uint8Array>,
  mapping: VariableMapping,
): Mapped {
  const automatic = mapping.auto ? [...files.keys()] : [];
  const contents = [
    ...mapping.contents,
    ...automatic.map((file) => ({ name: variableName(file), file })),
  ];
  const problems = collisions(contents, mapping.paths);
  const variables: [name: string, value: string][] = [];
  for (const { name, file } of contents) {
    const bytes = files.get(file);
    const value = bytes && textOf(bytes);
    if (value !== undefined) variables.push([name, value]);
    else problems.push(unreadable(bytes === undefined ? 'ZK804' : 'ZK805', name, file));
  }
  if (problems.length > 0) return { problems };
  for (const { name, path } of mapping.paths) variables.push([name, path]);
  return { variables: Object.fromEntries(variables) };
}

function unreadable(code: 'ZK804' | 'ZK805', name: string, file: string): VariableProblem {
  return { code, variable: name, message: envMessage(code, { name, file }) };
}

function collisions(
  contents: VariableMapping['contents'],
  paths: VariableMapping['paths'],
): VariableProblem[] {
  const names = new Set<string>();
  for (const { name } of contents) names.add(name);
  for (const { name } of paths) names.add(name);
  if (names.size === contents.length + paths.length) return [];
  const sources = [
    ...contents.map(({ name, file }) => [name, file] as const),
    ...paths.map(({ name, path }) => [name, path] as const),
  ];
  const all = Map.groupBy(sources, ([name]) => name);
  return [...all].flatMap(([name, found]) => {
    if (found.length === 1) return [];
    const list = found.map(([, from]) => `"${from}"`).join(', ');
    const message = envMessage('ZK806', { name, sources: list });
    return [{ code: 'ZK806', variable: name, message }];
  });
}
