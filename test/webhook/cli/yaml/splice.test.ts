import t from 'tap';
import type { Json } from '../../../../webhook/core/statefulset.ts';
import { changed } from '../support/change.ts';

type Value = Record<string, Json>;

t.test('a key goes behind the last value and its comment, before comments below', async (t) => {
  const text = 'a:\n  b: 1 # one\n  # below\nc: 2\n';
  const add = ({ a, c }: Value) => ({ a: { ...(a as Value), z: [true] }, c });
  t.equal(changed(text, add), 'a:\n  b: 1 # one\n  z:\n  - true\n  # below\nc: 2\n');
});

t.test('an entry at the front goes above the comment of the first', async (t) => {
  const text = 'list:\n  # the first\n  - name: a\n  - name: b\n';
  const add = ({ list }: Value) => ({ list: [{ name: 'x', v: 1 }, ...(list as Json[])] });
  t.equal(
    changed(text, add),
    'list:\n  - name: x\n    v: 1\n  # the first\n  - name: a\n  - name: b\n',
  );
});

t.test('the dash and its gap are those of the neighbours', async (t) => {
  const text = 'a:\n    -   name: x\n        v: 1\nb: 2\n';
  const add = (value: Value) => ({
    ...value,
    a: [...(value.a as Json[]), { name: 'q', v: 2 }],
    c: [3],
  });
  t.equal(
    changed(text, add),
    'a:\n    -   name: x\n        v: 1\n    -   name: q\n        v: 2\nb: 2\nc:\n    -   3\n',
  );
});

t.test('sequences of one map may stand elsewhere than those of another', async (t) => {
  const text = 'a:\n  b:\n    - 1\nc:\n  d:\n  - 1\n';
  const add = ({ a, c }: Value) => ({
    a: { ...(a as Value), q: [2] },
    c: { ...(c as Value), z: [3] },
  });
  t.equal(changed(text, add), 'a:\n  b:\n    - 1\n  q:\n    - 2\nc:\n  d:\n  - 1\n  z:\n  - 3\n');
});

t.test(
  'block scalars, their trailing blank lines and a missing last line break are minded',
  async (t) => {
    const add = (value: Value) => ({ ...value, z: 1 });
    t.equal(changed('a: |\n  x\n\n\n', add), 'a: |\n  x\nz: 1\n\n\n');
    t.equal(changed('a: |+\n  x\n\n', add), 'a: |+\n  x\n\nz: 1\n');
    t.equal(changed('a: b', add), 'a: b\nz: 1');
    t.equal(
      changed('a: b\nz: 1', ({ a }: Value) => ({ a })),
      'a: b',
    );
    t.equal(
      changed('a: |\n  x\nz: 1\n', ({ a }: Value) => ({ a })),
      'a: |\n  x\n',
    );
    t.equal(
      changed('z: |\n  x\na: 1\n', ({ a }: Value) => ({ a })),
      'a: 1\n',
    );
  },
);

t.test('the end of a document is not passed', async (t) => {
  const add = (value: Value) => ({ ...value, z: 1 });
  t.equal(changed('---\na: b\n...\n', add), '---\na: b\nz: 1\n...\n');
});

t.test('empty and null values become collections, with the comment that stood there', async (t) => {
  const fill = () => ({ a: { b: 1 }, c: ['d'] });
  t.equal(changed('a:\nc: []\n', fill), 'a:\n  b: 1\nc:\n- d\n');
  t.equal(changed('a: # soon\nc: [] # later\n', fill), 'a:\n  b: 1 # soon\nc:\n- d # later\n');
  t.equal(
    changed('a: # soon\n  # more\n  b: 1\nc: 1\n', () => ({ a: {}, c: 1 })),
    'a: {} # soon\n  # more\nc: 1\n',
  );
});

t.test('scalars change in place and keep their comment and quotes', async (t) => {
  t.equal(
    changed('a: "x" # why\nb:\n', () => ({ a: 'yes', b: 2 })),
    'a: "yes" # why\nb: 2\n',
  );
  t.equal(
    changed('- x\n- y\n', () => ['x', 'z']),
    '- x\n- z\n',
  );
});

t.test('the first key of a sequence entry can go', async (t) => {
  t.equal(
    changed('- a: 1\n  b: 2\n', () => [{ b: 2 }]),
    '- b: 2\n',
  );
  t.equal(
    changed('- - 1\n  - 2\n', () => [[2]]),
    '- - 2\n',
  );
});

t.test('a value with another shape takes the place of the old one', async (t) => {
  t.equal(
    changed('a: |\n  x\nb: 1\n', () => ({ a: { c: 2 }, b: 1 })),
    'a:\n  c: 2\nb: 1\n',
  );
  t.equal(
    changed('- a\n- b\n', () => [{ c: 1, d: 2 }, 'b']),
    '- c: 1\n  d: 2\n- b\n',
  );
});

t.test('a value under an explicit key, an anchor or a tag is found', async (t) => {
  const text = '? a\n: b: 1\nc: !!map\n  d: 1\ne: &x\n  f: 1\n';
  const add = () => ({ a: { b: 1, z: 1 }, c: { d: 1, z: 1 }, e: { f: 1, z: 1 } });
  t.equal(
    changed(text, add),
    '? a\n: b: 1\n  z: 1\nc: !!map\n  d: 1\n  z: 1\ne: &x\n  f: 1\n  z: 1\n',
  );
});

t.test('keys that every object inherits are keys like others', async (t) => {
  const text = '__proto__: {a: 1}\ntoString: x\n';
  const add = (value: Value) => ({ ...value, constructor: 1, b: 2 });
  t.equal(changed(text, add), `${text}constructor: 1\nb: 2\n`);
  t.equal(
    changed(text, () => ({ toString: 'x' })),
    'toString: x\n',
  );
});
