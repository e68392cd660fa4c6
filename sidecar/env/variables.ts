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
  const read = contents.map(({ name, file }) => readVariable(name, file, files.get(file)));
  const problems = [
    ...collisions([
      ...contents.map(({ name, file }) => [name, file] as const),
      ...mapping.paths.map(({ name, path }) => [name, path] as const),
    ]),
    ...read.filter((found) => 'code' in found),
  ];
  if (problems.length > 0) return { problems };
  const values = read.filter((found) => 'value' in found);
  return {
    variables: Object.fromEntries([
      ...values.map(({ name, value }) => [name, value]),
      ...mapping.paths.map(({ name, path }) => [name, path]),
    ]),
  };
}

type Variable = { readonly name: string; readonly value: string };

function readVariable(
  name: string,
  file: string,
  bytes: Uint8Array | undefined,
): Variable | VariableProblem {
  if (!bytes) {
    return { code: 'ZK804', variable: name, message: envMessage('ZK804', { name, file }) };
  }
  const value = textOf(bytes);
  if (value !== undefined) return { name, value };
  return { code: 'ZK805', variable: name, message: envMessage('ZK805', { name, file }) };
}

function collisions(
  sources: readonly (readonly [name: string, from: string])[],
): VariableProblem[] {
  const all = Map.groupBy(sources, ([name]) => name);
  return [...all].flatMap(([name, found]) => {
    if (found.length === 1) return [];
    const list = found.map(([, from]) => `"${from}"`).join(', ');
    const message = envMessage('ZK806', { name, sources: list });
    return [{ code: 'ZK806', variable: name, message }];
  });
}
