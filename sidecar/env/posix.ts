import type { Cursor } from './cursor.ts';
import type { EnvGrammar } from './grammar.ts';
import { exceedsEnvironment } from './limits.ts';
import { joinLines, readLines } from './lines.ts';

/**
 * Variables that a shell keeps for itself: assigning them fails, ends the script or has another effect (bash(1), "Shell
 * Variables"; POSIX `OPTIND`, `LINENO` and `PPID`).
 */
const OWNED_BY_SHELLS = new Set([
  ...['_', 'BASHOPTS', 'BASHPID', 'BASH_ALIASES', 'BASH_ARGC', 'BASH_ARGV', 'BASH_ARGV0'],
  ...['BASH_CMDS', 'BASH_LINENO', 'BASH_MONOSECONDS', 'BASH_SOURCE', 'BASH_SUBSHELL'],
  ...['BASH_TRAPSIG', 'BASH_VERSINFO', 'COMP_WORDBREAKS', 'DIRSTACK', 'EPOCHREALTIME'],
  ...['EPOCHSECONDS', 'EUID', 'FUNCNAME', 'GROUPS', 'HISTCMD', 'LINENO', 'OPTIND'],
  ...['PIPESTATUS', 'PPID', 'RANDOM', 'SECONDS', 'SHELLOPTS', 'SHLVL', 'SRANDOM', 'UID'],
]);

/** What POSIX shells read by `set -a; . FILE`: single quotes, in which nothing is special. */
export const POSIX: EnvGrammar = {
  write(name, value) {
    if (OWNED_BY_SHELLS.has(name)) return { reason: 'a name that shells keep for themselves' };
    if (exceedsEnvironment(name, value)) return { reason: 'more than 128 KiB' };
    return { text: `${name}='${value.replaceAll("'", `'\\''`)}'` };
  },
  join: joinLines,
  read: (cursor) =>
    readLines(cursor, {
      skipped: /(?:[ \t]*(?:#[^\n]*)?\n)*(?:[ \t]*(?:#[^\n]*)?$)?/y,
      before: /[ \t]*(?:export[ \t]+)?/y,
      equals: /=/y,
      value: readValue,
    }),
};

/** Parts of a word: as they are, after a backslash, in single quotes, in double quotes. */
const PLAIN = /[\w./:@%+,=^-]+/y;
const ESCAPED = /\\([^\n])/y;
const SINGLE = /'([^']*)'/y;
const DOUBLE = /"([^"\\$`]*(?:\\[\s\S][^"\\$`]*)*)"/y;
const CONTINUED = /\\\n/y;
const END = /(?:[ \t]+(?:#[^\n]*)?)?(?:\n|$)/y;

function readValue(cursor: Cursor): string {
  let value = '';
  while (!cursor.take(END)) value += readPart(cursor);
  return value;
}

function readPart(cursor: Cursor): string {
  const plain = cursor.take(PLAIN)?.[0];
  if (plain !== undefined) return plain;
  const literal = (cursor.take(SINGLE) ?? cursor.take(ESCAPED))?.[1];
  if (literal !== undefined) return literal;
  const quoted = cursor.take(DOUBLE)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(?:\n|([$`"\\]))/g, '$1');
  cursor.expect(CONTINUED, 'a value in closed quotes, without expansions');
  return '';
}
