import type { Cursor } from './cursor.ts';
import type { EnvGrammar } from './grammar.ts';
import { exceedsEnvironment, exceedsScanner } from './limits.ts';
import { joinLines, LINE_END, readLines } from './lines.ts';

/**
 * What the kubelet reads for `fileKeyRef` (Kubernetes 1.35 and later, pkg/kubelet/util/env): single quotes, and no way to
 * write one. It takes an empty value for a variable that is not there, and does not start the container.
 */
export const KUBERNETES: EnvGrammar = {
  write(name, value) {
    const reason = hindrance(name, value);
    return reason ? { reason } : { text: `${name}='${value}'` };
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

function hindrance(name: string, value: string): string | undefined {
  if (value === '') return 'an empty value';
  if (value.includes("'")) return 'a single quote';
  if (value.includes('\r\n')) return 'a carriage return before a line break';
  if (exceedsScanner(`${name}='${value}'`)) return 'a line of 64 KiB or more';
  if (exceedsEnvironment(name, value)) return 'more than 128 KiB';
  return;
}

const QUOTED = /'((?:[^'\r]|\r(?!\n))+)'[ \t]*(?:#[^\n]*)?/y;

function readValue(cursor: Cursor): string {
  const [, value = ''] = cursor.expect(QUOTED, 'a value in single quotes that is not empty');
  cursor.expect(LINE_END, 'nothing but a comment after the value');
  return value;
}
