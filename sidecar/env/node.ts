import { type QuoteRules, quote, readQuotable } from './dotenv-quotes.ts';
import type { EnvGrammar } from './grammar.ts';
import { joinLines, readLines } from './lines.ts';

const RULES: QuoteRules = { escapes: ['n'], backslashHidesQuote: false };

/** What Node.js reads by `--env-file`, `process.loadEnvFile` and `util.parseEnv` (src/node_dotenv.cc, 20 to 24). */
export const NODE: EnvGrammar = {
  write(name, value) {
    if (name === '__proto__') return { reason: 'a name that JavaScript keeps for itself' };
    const text = quote(value, RULES);
    if (text !== undefined) return { text: `${name}=${text}` };
    if (value.includes('\r')) return { reason: 'a carriage return' };
    return { reason: 'a mix of quotes, backslashes and line breaks' };
  },
  join: joinLines,
  read: (cursor) =>
    readLines(cursor, {
      skipped: /(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*(?:[ \t]*(?:#[^\r\n]*)?$)?/y,
      // With an empty value, Node.js takes "export" for a part of the name.
      before: /[ \t]*(?:export (?![ \t]*\w+[ \t]*=\r?(?:\n|$)))?/y,
      equals: /[ \t]*=/y,
      value: (at) => readQuotable(at, RULES),
    }),
};
