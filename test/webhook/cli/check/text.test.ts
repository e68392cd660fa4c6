import t from 'tap';
import { clipped, wrapped } from '../../../../webhook/cli/check/text.ts';

t.test('lines end before the width, and no word is lost', async (t) => {
  const text = 'one two three four';
  t.strictSame(wrapped(text, 9), ['one two', 'three', 'four']);
  t.strictSame(wrapped(text, 100), [text]);
  t.strictSame(wrapped('a very-long-word b', 6), ['a', 'very-long-word', 'b']);
});

t.test('a long name keeps its beginning and its end', async (t) => {
  t.equal(clipped('shop/mysql', 10), 'shop/mysql');
  t.equal(clipped('shop/mysql-replica-0', 10), 'shop/…ca-0');
});
