import type { Cursor } from './cursor.ts';
import type { Assignment } from './grammar.ts';

/** One variable after the other, each ended by a line feed. */
export function joinLines(entries: readonly string[]): string {
  return entries.map((entry) => `${entry}\n`).join('');
}

/** The end of a line. Carriage returns before it are those of a file written on Windows. */
export const LINE_END = /\r?\n|$/y;

/** What differs between the grammars that have `NAME=VALUE` on lines. */
export interface LineGrammar {
  /** Blank lines and comment lines at once, with their line ends. */
  readonly skipped: RegExp;
  /** What may stand before a name, and after it up to the value. */
  readonly before?: RegExp;
  readonly equals: RegExp;
  /** Takes a value up to the end of its last line and over it. */
  value(cursor: Cursor): string;
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Reads lines of `NAME=VALUE`. */
export function* readLines(cursor: Cursor, grammar: LineGrammar): Iterable<Assignment> {
  for (;;) {
    cursor.take(grammar.skipped);
    if (cursor.done) return;
    if (grammar.before) cursor.take(grammar.before);
    const { line } = cursor;
    const [name] = cursor.expect(NAME, 'the name of a variable');
    cursor.expect(grammar.equals, '= after the name');
    yield { name, value: grammar.value(cursor), line };
  }
}
