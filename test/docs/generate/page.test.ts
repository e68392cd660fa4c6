import t from 'tap';
import { replaceBlock } from '../../../docs/generate/page.ts';

const page = (content: string) =>
  `before\n<!-- x: made by npm run docs -->\n${content}\n<!-- /x -->\nafter\n`;

t.test('a block is filled and the rest stays', async (t) => {
  t.equal(replaceBlock(page('old'), 'x', '\nnew\n\n'), page('\nnew\n'));
});

t.test('filling a block twice is filling it once', async (t) => {
  const once = replaceBlock(page(''), 'x', '$& $1');
  t.equal(replaceBlock(once, 'x', '$& $1'), once);
  t.match(once, '$& $1');
});

t.test('a page without the block is refused', async (t) => {
  t.throws(() => replaceBlock('no block', 'x', ''), /no block to fill/);
  t.throws(() => replaceBlock('<!-- x: made by npm run docs -->\n', 'x', ''), /no block to fill/);
});
