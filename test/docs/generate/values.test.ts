import t from 'tap';
import { renderValuesTable } from '../../../docs/generate/values.ts';

const rows = (yaml: string) => renderValuesTable(yaml).split('\n').slice(2);

t.test('a value is shown with its key, type, default and the comment above it', async (t) => {
  t.equal(
    renderValuesTable('# How many.\nreplicas: 2\n'),
    '| Key | Type | Default | Meaning |\n|---|---|---|---|\n| `replicas` | integer | `2` | How many. |',
  );
});

t.test('types are told from defaults', async (t) => {
  const yaml = ['s: ""', 'b: true', 'i: 1', 'n: 1.5', 'l: []', 'm: {}']
    .map((line) => `# X.\n${line}\n`)
    .join('');
  t.strictSame(
    rows(yaml).map((row) => row.split(' | ')[1]),
    ['string', 'boolean', 'integer', 'number', 'list', 'object'],
  );
});

t.test('a type in brackets at the head of a comment counts instead', async (t) => {
  t.strictSame(rows('# (integer or string) Share.\nshare: 1\n'), [
    '| `share` | integer or string | `1` | Share. |',
  ]);
});

t.test('a map whose keys have comments is one row a key, after its own', async (t) => {
  t.strictSame(rows('# Outer.\na:\n  # First.\n  b: 1\n  # Second,\n  # two lines.\n  c: x\n'), [
    '| `a` | object |  | Outer. |',
    '| `a.b` | integer | `1` | First. |',
    '| `a.c` | string | `"x"` | Second, two lines. |',
  ]);
});

t.test('a map may go without a comment if its keys have theirs', async (t) => {
  t.strictSame(rows('a:\n  b:\n    # Deep.\n    c: 1\n'), ['| `a.b.c` | integer | `1` | Deep. |']);
});

t.test('a map whose keys have no comment is one value', async (t) => {
  t.strictSame(rows('# Limits.\na:\n  cpu: 1\n  list: [x]\n'), [
    '| `a` | object | `{"cpu":1,"list":["x"]}` | Limits. |',
  ]);
});

t.test('a comment before a blank line is about more than the value below', async (t) => {
  t.strictSame(rows('# Head.\n\n# First.\na: 1\n\n# Part.\n\n# Second.\nb: 2\n'), [
    '| `a` | integer | `1` | First. |',
    '| `b` | integer | `2` | Second. |',
  ]);
});

t.test('a bar does not end the cell', async (t) => {
  t.strictSame(rows('# A|B.\na: "x|y"\n'), ['| `a` | string | `"x\\|y"` | A\\|B. |']);
});

t.test('values without a comment are all named', async (t) => {
  t.throws(
    () => renderValuesTable('a: 1\nb:\n  # Said.\n  c: 1\n  d: 2\n'),
    new Error('values without a comment: a, b.d'),
  );
});

t.test('a file that is no map is refused', async (t) => {
  t.throws(() => renderValuesTable('- 1\n'), new Error('values.yaml must be a map'));
});
