import t from 'tap';
import type { Json } from '../../../../webhook/core/statefulset.ts';
import { changed } from '../support/change.ts';

type Value = Record<string, Record<string, Json>>;

t.test('an alias stays where its anchor changes the same way', async (t) => {
  const both = ({ a, b }: Value) => ({ a: { ...a, z: 1 }, b: { ...b, z: 1 } });
  t.equal(changed('a: &x\n  c: 1\nb: *x\n', both), 'a: &x\n  c: 1\n  z: 1\nb: *x\n');
});

t.test('an alias is written out where it changes and its anchor does not', async (t) => {
  const second = ({ a, b }: Value) => ({ a, b: { ...b, z: 1 } });
  t.equal(
    changed('a: &x\n  c: 1\nb: *x # why\n', second),
    'a: &x\n  c: 1\nb:\n  c: 1\n  z: 1 # why\n',
  );
  t.equal(
    changed('a: &x [1]\nb: [*x, *x]\n', () => ({ a: [1], b: [[1], [2]] })),
    'a: &x [1]\nb: [*x, [2]]\n',
  );
});

t.test('an alias is written out where it stays and its anchor changes', async (t) => {
  const first = ({ a, b }: Value) => ({ a: { ...a, z: 1 }, b });
  t.equal(changed('a: &x\n  c: 1\nb: *x\n', first), 'a: &x\n  c: 1\n  z: 1\nb:\n  c: 1\n');
  t.equal(
    changed('a: &x 1\nb: *x\n', () => ({ a: 2, b: 1 })),
    'a: &x 2\nb: 1\n',
  );
});

t.test('a key that comes by merging is overridden by one of its own', async (t) => {
  const text = 'a: &x {c: 1}\nw: &y {c: 2, d: 3}\nb:\n  <<: [*x, *y]\n  e: 4\n';
  const value = { a: { c: 1 }, w: { c: 2, d: 3 }, b: { c: 1, d: 3, e: 4 } };
  t.equal(
    changed(text, () => ({ ...value, b: { ...value.b, d: 5, z: 1 } })),
    `${text}  d: 5\n  z: 1\n`,
  );
  t.equal(
    changed(text, () => ({ ...value, w: { c: 2, d: 6 }, b: { ...value.b, d: 6 } })),
    text.replace('3', '6'),
  );
});

t.test('a key that came by merging and goes takes the merge key with it', async (t) => {
  const result = changed('a: &x\n  c: 1\n  d: 2\nb:\n  <<: *x\n  e: 3\n', ({ a }: Value) => ({
    a,
    b: { c: 1, e: 3 },
  }));
  t.equal(result, 'a: &x\n  c: 1\n  d: 2\nb:\n  c: 1\n  e: 3\n');
});

t.test('aliases of an anchor that goes are written out', async (t) => {
  const result = changed('a: &x\n  c: 1\nb: *x\nd:\n  <<: *x\n', ({ b, d }: Value) => ({
    b,
    d: { ...d, e: 2 },
  }));
  t.equal(result, 'b:\n  c: 1\nd:\n  c: 1\n  e: 2\n');
});
