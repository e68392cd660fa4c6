import { styleText } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';

type Style = Parameters<typeof styleText>[0];

/** Colours where standard output is a terminal and NO_COLOR does not forbid it. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout, validateStream: true });
}

export function heading(text: string): string {
  return `\n${paint('bold', text)}`;
}

/** The difference of two objects as YAML, with three lines around each change. */
export function difference(before: object, after: object): string {
  const [old, now] = [before, after].map((object) => stringify(object, { lineWidth: 0 }));
  const patch = createTwoFilesPatch('as applied', 'as stored', old ?? '', now ?? '', '', '', {
    context: 3,
  });
  return patch.split('\n').slice(1).map(paintLine).join('\n').trimEnd();
}

function paintLine(line: string): string {
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('cyan', line) : paint('dim', line);
}
