import type { Cursor } from './cursor.ts';
import type { EnvGrammar } from './grammar.ts';
import { joinLines, readLines } from './lines.ts';

/**
 * What `java.util.Properties.load` reads. All but printable ASCII is escaped, so that streams (which are taken for ISO 8859-1)
 * and readers of any charset give the same.
 */
export const JAVA_PROPERTIES: EnvGrammar = {
  write: (name, value) => ({ text: `${name}=${escaped(value)}` }),
  join: joinLines,
  read: (cursor) =>
    readLines(cursor, {
      skipped: /(?:[ \t\f]*(?:[#!][^\r\n]*)?(?:\r\n|\n|\r))*(?:[ \t\f]*(?:[#!][^\r\n]*)?$)?/y,
      before: /[ \t\f]*/y,
      equals: /[ \t\f]*[=:][ \t\f]*/y,
      value: readValue,
    }),
};

const LETTERS: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r' };
const CHARACTERS = new Map(
  Object.entries(LETTERS).map(([character, letter]) => [letter, character]),
);

function escaped(value: string): string {
  return value.replace(/^ |[^ -~]|\\/g, (character) => {
    const letter = LETTERS[character];
    if (letter) return `\\${letter}`;
    if (character === ' ' || character === '\\') return `\\${character}`;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const PLAIN = /[^\\\r\n]+/y;
const CODE_UNIT = /\\u([0-9a-fA-F]{4})/y;
const CONTINUED = /\\(?:\r\n|\n|\r)[ \t\f]*/y;
const ESCAPED = /\\([^u\r\n])/y;
const END = /\r\n|\n|\r|$/y;

function readValue(cursor: Cursor): string {
  let value = '';
  while (!cursor.take(END)) value += readPart(cursor);
  return value;
}

function readPart(cursor: Cursor): string {
  const plain = cursor.take(PLAIN)?.[0];
  if (plain !== undefined) return plain;
  const unit = cursor.take(CODE_UNIT)?.[1];
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (cursor.take(CONTINUED)) return '';
  const [, letter = ''] = cursor.expect(ESCAPED, 'a whole escape sequence after the backslash');
  return CHARACTERS.get(letter) ?? letter;
}
