import { ANNOTATIONS, PREFIX, UNSUPPORTED } from '../../webhook/core/annotations.ts';
import { type Page, replaceBlock } from './page.ts';
import { table } from './table.ts';

/** The tables of annotations in their reference. */
export const annotationsPage: Page = {
  file: 'docs/annotations.md',
  render: (current) =>
    replaceBlock(replaceBlock(current, 'annotations', known()), 'unsupported', unsupported()),
};

function known(): string {
  return table(
    ['Annotation', 'Value', 'Default', 'Meaning'],
    ANNOTATIONS.map((one) => [`\`${PREFIX}${one.key}\``, one.value, one.default, one.meaning]),
  );
}

function unsupported(): string {
  return `${UNSUPPORTED.map((key) => `\`${key}\``).join(', ')}.`;
}
