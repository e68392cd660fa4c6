import { ANNOTATIONS, PREFIX } from '../../webhook/core/annotations.ts';
import { type Page, replaceBlock } from './page.ts';
import { table } from './table.ts';

/** The table of annotations in their reference. */
export const annotationsPage: Page = {
  file: 'docs/annotations.md',
  render: (current) => replaceBlock(current, 'annotations', known()),
};

function known(): string {
  return table(
    ['Annotation', 'Value', 'Default', 'Meaning'],
    ANNOTATIONS.map((one) => [`\`${PREFIX}${one.key}\``, one.value, one.default, one.meaning]),
  );
}
