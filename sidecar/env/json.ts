import { VARIABLE_NAME } from '../contract.ts';
import type { Cursor } from './cursor.ts';
import type { Assignment, EnvGrammar } from './grammar.ts';

/** One JSON object with a string for each variable. */
export const JSON_OBJECT: EnvGrammar = {
  write: (name, value) => ({ text: `${JSON.stringify(name)}: ${JSON.stringify(value)}` }),
  join: (entries) => (entries.length === 0 ? '{}\n' : `{\n  ${entries.join(',\n  ')}\n}\n`),
  read: readObject,
};

const BEGIN = /[ \t\r\n]*\{[ \t\r\n]*/y;
const STRING = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y;
const COLON = /[ \t\r\n]*:[ \t\r\n]*/y;
const COMMA = /[ \t\r\n]*,[ \t\r\n]*/y;
const END = /[ \t\r\n]*\}[ \t\r\n]*$/y;

/** Not JSON.parse alone: its messages quote what they stumble over, and of two equal names it keeps one in silence. */
function* readObject(cursor: Cursor): Iterable<Assignment> {
  cursor.expect(BEGIN, 'an object');
  if (cursor.take(END)) return;
  do {
    const { line } = cursor;
    const name = readString(cursor, 'the name of a variable in double quotes');
    if (!VARIABLE_NAME.test(name)) cursor.fail('the name of a variable in double quotes');
    cursor.expect(COLON, 'a colon after the name');
    yield { name, value: readString(cursor, 'a string'), line };
  } while (cursor.take(COMMA));
  cursor.expect(END, 'a comma, or } and the end of the file');
}

function readString(cursor: Cursor, expected: string): string {
  const [text] = cursor.expect(STRING, expected);
  try {
    return JSON.parse(text) as string;
  } catch {
    return cursor.fail('escape sequences and no raw control characters in a string');
  }
}
