import { type QuoteRules, quote, readQuotable } from './dotenv-quotes.ts';
import type { EnvGrammar } from './grammar.ts';
import { joinLines, readLines } from './lines.ts';

const RULES: QuoteRules = { escapes: ['n', 'r'], backslashHidesQuote: true };

/** What the npm package dotenv reads, versions 16 to 18. Nothing is expanded; dotenv-expand would. */
export const DOTENV: EnvGrammar = {
  write(name, value) {
    if (name === '__proto__') return { reason: 'a name that JavaScript keeps for itself' };
    const text = quote(value, RULES);
    if (text !== undefined) return { text: `${name}=${text}` };
    if (value.endsWith('\\'))
      return { reason: 'a backslash at its end and something that needs quotes' };
    return { reason: 'a mix of quotes, backslashes and line breaks' };
  },
  join: joinLines,
  read: (cursor) =>
    readLines(cursor, {
      skipped: /(?:[ \t]*(?:#[^\r\n\u2028\u2029]*)?\r?\n)*(?:[ \t]*(?:#[^\r\n\u2028\u2029]*)?$)?/y,
      before: /[ \t]*(?:export[ \t]+)?/y,
      equals: /[ \t]*=/y,
      value: (at) => readQuotable(at, RULES),
    }),
};
