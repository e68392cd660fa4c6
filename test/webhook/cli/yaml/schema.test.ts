import t from 'tap';
import { parseDocument } from 'yaml';
import { MANIFEST_OPTIONS } from '../../../../webhook/cli/yaml/schema.ts';

const read = (text: string) => parseDocument(text, MANIFEST_OPTIONS).toJS();

t.test('plain scalars mean what they mean to kubectl', async (t) => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['N', false],
    ['true', true],
    ['~', null],
    ['', null],
    ['0777', 511],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['-0b101', -5],
    ['+12', 12],
    ['-0777', -511],
    ['1_000', 1000],
    ['089', 89],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1_0.5', 10.5],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['.Inf', Number.POSITIVE_INFINITY],
    ['.nan', Number.NaN],
    ['12:30', '12:30'],
    ['2001-01-01', '2001-01-01'],
    ['1.2.3', '1.2.3'],
    ['500m', '500m'],
    ['yEs', 'yEs'],
    ['"yes"', 'yes'],
    ["'0777'", '0777'],
    ['!!str 1', '1'],
  ];
  for (const [source, value] of cases) t.strictSame(read(`a: ${source}\n`), { a: value }, source);
});

t.test('keys are strings, and merge keys are merged', async (t) => {
  t.strictSame(read('on: 1\n2: x\n'), { true: 1, 2: 'x' });
  t.strictSame(read('a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}\n'), {
    a: { b: 1, c: 2 },
    d: { b: 1, c: 3 },
  });
});

t.test('a %YAML directive changes nothing', async (t) => {
  t.strictSame(read('%YAML 1.1\n---\na: 12:30\n'), { a: '12:30' });
});

t.test('scalars are written as they were read', async (t) => {
  const text = 'a: yes\nb: 0777\nc: 12345678901234567890\nd: 1_000\ne: ~\nf: .5\n';
  t.equal(parseDocument(text, MANIFEST_OPTIONS).toString(), text);
});
