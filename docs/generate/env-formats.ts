import { ENV_FORMATS, type EnvFormat } from '../../sidecar/contract.ts';
import { tryRender } from '../../sidecar/env/render.ts';
import { type Page, replaceBlock } from './page.ts';
import { table } from './table.ts';

/** The table of what each format carries, made by having each render it. */
export const envFormatsPage: Page = {
  file: 'docs/env-formats.md',
  render: (current) => replaceBlock(current, 'carried', carried()),
};

const FORMATS: readonly EnvFormat[] = [...ENV_FORMATS, 'kubernetes'];

/** What a value may have, and a value that has it. */
const CONTENTS: readonly (readonly [has: string, value: string])[] = [
  ['letters, digits, punctuation, `$`, `#`, `"`, blanks', ' p4$$ #1 "$x" %s '],
  ['`é`, `€`, emoji', 'é€😀'],
  ['nothing at all', ''],
  ["`'`", "it's"],
  ['`\'` and `"`', `it's "x"`],
  ['`\'`, `"` and a backtick', `it's "x" \`y\``],
  ['`\'`, `"`, a backtick and a line break', `it's "x" \`y\`\n`],
  ['a line break, as in a PEM certificate', 'one\ntwo\n'],
  ['CR LF', 'one\r\ntwo'],
  ['a backslash', 'DOMAIN\\user'],
  ['a backslash at its end', 'C:\\'],
  ['a backslash at its end and a line break', 'one\ntwo\\'],
  ['a Unicode noncharacter', 'a\uffff'],
  ['a line of 64 KiB', 'x'.repeat(64 * 1024)],
  ['more than 128 KiB in lines', `${'x'.repeat(1023)}\n`.repeat(129)],
  ['NUL', 'a\0'],
];

function carried(): string {
  return table(
    ['A value that has', ...FORMATS.map((format) => `\`${format}\``)],
    CONTENTS.map(([has, value]) => [has, ...FORMATS.map((format) => cell(format, value))]),
  );
}

function cell(format: EnvFormat, value: string): string {
  return 'text' in tryRender({ NAME: value }, format) ? 'yes' : '**no**';
}
