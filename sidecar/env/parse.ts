import type { EnvFormat } from '../contract.ts';
import { Cursor } from './cursor.ts';
import { grammarOf } from './formats.ts';

/**
 * Reads an environment file: everything that `renderEnvFile` writes, and of what people write all that the readers of the
 * format agree on. A name that occurs twice is an error, because they do not agree on which of the two counts.
 *
 * @throws {EnvSyntaxError} with the line, and never with what stands in it.
 * @example
 * parseEnvFile("DB_PASSWORD='it'\\''s 100 %'\n", 'posix').DB_PASSWORD; // it's 100 %
 */
export function parseEnvFile(text: string, format: EnvFormat): Record<string, string> {
  const cursor = new Cursor(text, format);
  const found = new Map<string, string>();
  for (const { name, value, line } of grammarOf(format).read(cursor)) {
    if (found.has(name)) cursor.fail('each name once', line);
    if (value.includes('\0')) cursor.fail('a value without NUL', line);
    if (!value.isWellFormed()) cursor.fail('a value without halves of surrogate pairs', line);
    found.set(name, value);
  }
  return Object.fromEntries(found);
}
