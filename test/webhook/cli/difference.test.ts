import { applyPatch } from 'diff';
import t from 'tap';
import { difference } from '../../../webhook/cli/difference.ts';

t.test('a change is a unified diff with the name that git and patch expect', async (t) => {
  const source = { name: './set.yaml', text: 'a: 1\nb: 2\n' };
  t.equal(
    difference(source, 'a: 1\nb: 3\n'),
    '--- a/set.yaml\n+++ b/set.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n',
  );
  t.match(difference({ name: '/etc/set.yaml', text: '' }, 'a: 1\n'), /^--- a\/etc\/set.yaml$/m);
});

t.test('no change is no text', async (t) => {
  t.equal(difference({ name: 'x', text: 'a: 1' }, 'a: 1'), '');
});

t.test(
  'a difference applied to the source gives the result, whatever its line breaks',
  async (t) => {
    const before = 'a: 1\r\nb: 2\r\n- "c"';
    const after = 'a: 1\r\nx: 0\r\nb: 2\r\n- "c"\r\n- d';
    const patch = difference({ name: 'x', text: before }, after);
    t.equal(applyPatch(before, patch, { autoConvertLineEndings: false }), after);
  },
);
