import { type EnvFormat, VARIABLE_NAME } from '../contract.ts';
import { grammarOf } from './formats.ts';
import type { EnvGrammar, Written } from './grammar.ts';
import { type Refusal, UnrenderableError } from './unrenderable-error.ts';

/** The text of a file, or every variable that the format cannot carry; then there is no file at all. */
export type Rendered = { readonly text: string } | { readonly refused: readonly Refusal[] };

/**
 * Renders an environment file: variables sorted by name, one line feed at the end, nothing but the variables. Equal
 * variables give equal bytes.
 *
 * @throws {UnrenderableError} if the format cannot carry some of them; it names them all and never a value.
 * @example
 * renderEnvFile({ DB_PASSWORD: "it's 100 %" }, 'posix'); // DB_PASSWORD='it'\''s 100 %'
 */
export function renderEnvFile(
  variables: Readonly<Record<string, string>>,
  format: EnvFormat,
): string {
  const rendered = tryRender(variables, format);
  if ('refused' in rendered) throw new UnrenderableError(format, rendered.refused);
  return rendered.text;
}

/** Like `renderEnvFile`, with the refusals as a value. */
export function tryRender(
  variables: Readonly<Record<string, string>>,
  format: EnvFormat,
): Rendered {
  const grammar = grammarOf(format);
  const entries: string[] = [];
  const refused: Refusal[] = [];
  for (const name of Object.keys(variables).sort()) {
    const written = write(grammar, name, variables[name]);
    if ('text' in written) entries.push(written.text);
    else refused.push({ name, reason: written.reason });
  }
  return refused.length > 0 ? { refused } : { text: grammar.join(entries) };
}

/** What no environment can hold is refused in every format. */
function write(grammar: EnvGrammar, name: string, value: unknown): Written {
  if (!VARIABLE_NAME.test(name)) return { reason: 'a name with more than A-Z, a-z, 0-9 and _' };
  if (typeof value !== 'string') return { reason: 'a value that is not a string' };
  if (value.includes('\0')) return { reason: 'a NUL character' };
  if (!value.isWellFormed()) return { reason: 'half of a surrogate pair' };
  return grammar.write(name, value);
}
