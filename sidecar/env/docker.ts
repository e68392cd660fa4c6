import type { Cursor } from './cursor.ts';
import type { EnvGrammar } from './grammar.ts';
import { exceedsScanner } from './limits.ts';
import { joinLines, readLines } from './lines.ts';

/** Carriage returns are content, but for one at the end. */
const LINE = /[^\r\n]*(?:\r(?!\n|$)[^\r\n]*)*/y;

/** What `docker run --env-file` reads (docker/cli pkg/kvfile, 28 and 29): lines as they are, without any quoting. */
export const DOCKER: EnvGrammar = {
  write(name, value) {
    if (value.includes('\n')) return { reason: 'a line break' };
    if (value.endsWith('\r')) return { reason: 'a carriage return at its end' };
    const text = `${name}=${value}`;
    return exceedsScanner(text) ? { reason: 'a line of 64 KiB or more' } : { text };
  },
  join: joinLines,
  read: (cursor) =>
    readLines(cursor, {
      skipped: /(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[ \t]*(?:#[^\n]*)?$)?/y,
      before: /[ \t]*/y,
      equals: /=/y,
      value: readValue,
    }),
};

function readValue(cursor: Cursor): string {
  const [value] = cursor.expect(LINE, 'a value');
  cursor.expect(/\r?(?:\n|$)/y, 'the end of the line');
  return value;
}
