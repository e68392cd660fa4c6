import t from 'tap';
import { changed } from '../support/change.ts';

t.test('braces in YAML keep their spacing', async (t) => {
  t.equal(
    changed('a: { b: c }\n', () => ({ a: { b: 'c', d: 'on' } })),
    "a: { b: c, d: 'on' }\n",
  );
  t.equal(
    changed('a: {b: c,d: e}\n', () => ({ a: { b: 'c', d: 'e', f: [1, { g: 2 }] } })),
    'a: {b: c,d: e,f: [1, {g: 2}]}\n',
  );
  t.equal(
    changed('a: [b, c,]\n', () => ({ a: ['x', 'b', 'c', 'd'] })),
    'a: [x, b, c, d,]\n',
  );
});

t.test('brackets over several lines get a line for each entry', async (t) => {
  t.equal(
    changed('a: [\n  b\n]\n', () => ({ a: ['b', 'c'] })),
    'a: [\n  b,\n  c\n]\n',
  );
  t.equal(
    changed('a: [\n  b, # about b\n  c\n]\n', () => ({ a: ['b', 'c', 'd'] })),
    'a: [\n  b, # about b\n  c,\n  d\n]\n',
  );
});

t.test('entries go with one of their commas', async (t) => {
  t.equal(
    changed('[a, b, c]\n', () => ['b', 'c']),
    '[b, c]\n',
  );
  t.equal(
    changed('[a, b, c]\n', () => ['c']),
    '[c]\n',
  );
  t.equal(
    changed('[a, b, c]\n', () => ['a', 'c']),
    '[a, c]\n',
  );
  t.equal(
    changed('x: {a: 1, b: 2}\n', () => ({ x: { a: 1 } })),
    'x: {a: 1}\n',
  );
  t.equal(
    changed('x: {a: 1}\n', () => ({ x: {} })),
    'x: {}\n',
  );
});

t.test('values change in place', async (t) => {
  t.equal(
    changed('{a: 1, b: }\n', () => ({ a: [2], b: 3 })),
    '{a: [2], b: 3 }\n',
  );
});

t.test('a comment between two entries is not lost with one of them', async (t) => {
  const result = changed('[\n  a, # about a\n  b,\n  c\n]\n', () => ['a', 'c']);
  t.match(result, /# about a/);
});

t.test('JSON on one line keeps its separators', async (t) => {
  t.equal(
    changed('{"a":{"b":[1]}}', () => ({ a: { b: [1, { c: 2 }] }, d: [3, 4] })),
    '{"a":{"b":[1,{"c":2}]},"d":[3,4]}',
  );
  t.equal(
    changed('{"a": {"b": [1]}}', () => ({ a: { b: [1, 2] }, d: [3, 4] })),
    '{"a": {"b": [1, 2]}, "d": [3, 4]}',
  );
});

t.test('JSON over several lines keeps its indentation, also where a list was empty', async (t) => {
  const text = '{\r\n   "a": {\r\n      "b": []\r\n   }\r\n}\r\n';
  const result = changed(text, () => ({ a: { b: [{ c: 1 }], d: 'x' } }));
  t.equal(
    result,
    '{\r\n   "a": {\r\n      "b": [\r\n         {\r\n            "c": 1\r\n         }\r\n      ],\r\n      "d": "x"\r\n   }\r\n}\r\n',
  );
});
