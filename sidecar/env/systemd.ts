import type { Cursor } from './cursor.ts';
import type { EnvGrammar } from './grammar.ts';
import { exceedsEnvironment } from './limits.ts';
import { joinLines, LINE_END, readLines } from './lines.ts';

/**
 * What systemd reads by `EnvironmentFile=` (src/basic/env-file.c). It takes the whole file for invalid because of one
 * noncharacter (src/basic/utf8.c, `unichar_is_valid`).
 */
export const SYSTEMD: EnvGrammar = {
  write(name, value) {
    if (/\p{Noncharacter_Code_Point}/u.test(value)) return { reason: 'a Unicode noncharacter' };
    if (exceedsEnvironment(name, value)) return { reason: 'more than 128 KiB' };
    return { text: `${name}=${quote(value)}` };
  },
  join: joinLines,
  read: (cursor) =>
    readLines(cursor, {
      skipped:
        /(?:[ \t]*(?:[#;](?:[^\\\r\n]|\\[^\r\n])*)?\r?\n)*(?:[ \t]*(?:[#;](?:[^\\\r\n]|\\[^\r\n])*)?$)?/y,
      before: /[ \t]*/y,
      equals: /[ \t]*=[ \t]*/y,
      value: readValue,
    }),
};

/** Before version 240 a backslash was special in single quotes too, so those are left to values without one. */
function quote(value: string): string {
  return /['\\]/.test(value) ? `"${value.replace(/["\\`$]/g, '\\$&')}"` : `'${value}'`;
}

const SINGLE = /'([^']*)'/y;
const DOUBLE = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;
const BARE = /(?!['"])(?:[ \t]*(?:[^\\\r\n \t]|\\[^\r]))*/y;
const REST = /[ \t]*/y;

function readValue(cursor: Cursor): string {
  const value = readQuoted(cursor) ?? readBare(cursor);
  cursor.take(REST);
  cursor.expect(LINE_END, 'nothing after the closing quote');
  return value;
}

function readQuoted(cursor: Cursor): string | undefined {
  const literal = cursor.take(SINGLE)?.[1];
  if (literal !== undefined) return literal;
  return cursor.take(DOUBLE)?.[1]?.replace(/\\(?:\n|(["\\`$]))/g, '$1');
}

/** Ends before blanks at the end, unless a backslash keeps them; one before a line feed joins two lines. */
function readBare(cursor: Cursor): string {
  const [text] = cursor.expect(BARE, 'a value in closed quotes');
  return text.replace(/\\(?:\n|([\s\S]))/g, '$1');
}
