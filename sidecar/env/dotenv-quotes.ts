import type { Cursor } from './cursor.ts';
import { LINE_END } from './lines.ts';

/** What dotenv and Node.js do not have in common. */
export interface QuoteRules {
  /** Escape sequences in double quotes, and there alone: `n` for a line feed, `r` for a carriage return. */
  readonly escapes: readonly ('n' | 'r')[];
  /** Whether a backslash right before the closing quote may hide it. */
  readonly backslashHidesQuote: boolean;
}

const ESCAPED = { n: '\n', r: '\r' } as const;

/**
 * The value in the first kind of quotes that gives it back unchanged, most portable first: single quotes and backticks keep all
 * but themselves, double quotes know escape sequences; bare is what none of them can hold. `undefined` if nothing does.
 */
export function quote(value: string, rules: QuoteRules): string | undefined {
  const closes = !(rules.backslashHidesQuote && value.endsWith('\\'));
  if (closes && !value.includes('\r')) {
    const literal = ["'", '`'].find((mark) => !value.includes(mark));
    if (literal) return literal + value + literal;
  }
  const escaped = inDoubleQuotes(value, rules);
  if (closes && escaped !== undefined) return escaped;
  return isBare(value) ? value : undefined;
}

function inDoubleQuotes(value: string, { escapes }: QuoteRules): string | undefined {
  if (value.includes('"') || escapes.some((letter) => value.includes(`\\${letter}`))) return;
  const text = escapes.includes('r') ? value.replaceAll('\r', '\\r') : value;
  return text.includes('\r') ? undefined : `"${text}"`;
}

/**
 * Unquoted values end at a `#` or with the line, and lose blanks at their edges. dotenv takes U+2028 and U+2029 for ends of lines
 * where it looks for quotes to take off.
 */
function isBare(value: string): boolean {
  return /^(?!['"`])[^#\r\n\u2028\u2029]+$/.test(value) && value.trim() === value;
}

const QUOTED = /[ \t]*(?:'([^'\r]*)'|`([^`\r]*)`|"([^"\r]*)")/y;
const BARE = /[^#\r\n\u2028\u2029]*/y;
const REST = /[ \t]*(?:#[^\r\n\u2028\u2029]*)?/y;

/** Takes a value, quoted or bare, with a comment after it, up to the end of its line and over it. */
export function readQuotable(cursor: Cursor, rules: QuoteRules): string {
  const value = readQuoted(cursor, rules) ?? readBare(cursor);
  cursor.take(REST);
  cursor.expect(LINE_END, 'nothing but a comment after the value');
  return value;
}

function readQuoted(cursor: Cursor, rules: QuoteRules): string | undefined {
  const found = cursor.take(QUOTED);
  if (!found) return;
  const content = found.slice(1).join('');
  if (rules.backslashHidesQuote && content.endsWith('\\')) {
    cursor.fail('no backslash before the closing quote');
  }
  if (!found[0].endsWith('"')) return content;
  return rules.escapes.reduce((text, mark) => text.replaceAll(`\\${mark}`, ESCAPED[mark]), content);
}

function readBare(cursor: Cursor): string {
  const [text] = cursor.expect(BARE, 'a value');
  const value = text.replace(/^[ \t]+|[ \t]+$/g, '');
  // After blanks alone, Node.js takes the next line for the value.
  if (text !== '' && !isBare(value)) cursor.fail('a value in closed quotes');
  return value;
}
