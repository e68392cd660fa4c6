import t from 'tap';
import type { EditSets } from '../../../webhook/cli/edits.ts';
import { uninjection } from '../../../webhook/cli/edits.ts';
import { transform } from '../../../webhook/cli/transform.ts';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';

/** An edit that sets the scheduler and remembers whom it was asked about. */
function scheduling(seen: string[] = []): EditSets {
  return {
    ...uninjection,
    key: 'zonekeeper.io/inject',
    edit: (set, namespace) => {
      seen.push(`${namespace}/${set.metadata.name}`);
      return { object: withScheduler(set), denials: [], warnings: [] };
    },
  };
}

function withScheduler(set: StatefulSet): StatefulSet {
  const { template } = set.spec;
  const spec = { ...template.spec, schedulerName: 'volcano' };
  return { ...set, spec: { ...set.spec, template: { ...template, spec } } };
}

const set = (name: string, more = '') => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ${name}
  annotations:
    zonekeeper.io/inject: "true"
spec:
  template:
    spec:
      containers: [{name: x}]
${more}`;

const codes = (text: string, edits = scheduling()) =>
  transform({ name: 'f', text }, edits).findings.map(({ problem }) => problem.code);

t.test('annotated sets are edited in their namespace, all else stays', async (t) => {
  const seen: string[] = [];
  const plain = set('c').replace('zonekeeper.io/inject', 'other');
  const text = `${set('a')}---\n${set('b').replace('  name', '  namespace: shop\n  name')}---\n${plain}`;
  const result = transform({ name: 'f', text }, scheduling(seen));
  t.strictSame(seen, ['default/a', 'shop/b']);
  t.strictSame(result.findings, []);
  t.equal(result.sets, 2);
  t.equal(result.text.replaceAll('      schedulerName: volcano\n', ''), text);
  t.equal(result.text.split('schedulerName').length, 3);
});

t.test('sets with other annotations of zonekeeper are looked at but not counted', async (t) => {
  const seen: string[] = [];
  const text = set('a').replace('zonekeeper.io/inject', 'zonekeeper.io/profile');
  t.equal(transform({ name: 'f', text }, scheduling(seen)).sets, 0);
  t.strictSame(seen, ['default/a']);
});

t.test('a slash that JSON escapes does not hide a set', async (t) => {
  const text = `{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"annotations":{"zonekeeper.io\\/inject":"true"}},"spec":{"template":{"spec":{}}}}`;
  t.match(transform({ name: 'f', text }, scheduling()).text, '"spec":{"schedulerName":"volcano"}');
});

t.test('a shape that no API server accepts is an error, told with all its faults', async (t) => {
  const text = set('a').replace('"true"', 'yes').replace('[{name: x}]', '7');
  t.strictSame(codes(text), ['ZK110', 'ZK110']);
  t.strictSame(
    codes('kind: StatefulSet\napiVersion: apps/v1\nmetadata: {annotations: [zonekeeper.io]}\n'),
    [],
  );
});

t.test('a duplicate key is an error where a set is edited, and nothing elsewhere', async (t) => {
  const duplicate = 'metadata: 1\n';
  t.strictSame(codes(set('a', 'x: 1\n"x": 2\n')), ['ZK507']);
  t.match(transform({ name: 'f', text: set('a', '"x": 1\nx: 2\n') }, scheduling()).findings, [
    { place: 'f:12', problem: { found: 'key x stands twice in one map' } },
  ]);
  t.strictSame(codes(`a: 1\na: 2\n# zonekeeper.io\n---\n${set('b')}`), []);
  t.strictSame(codes(`${set('b')}---\na: 1\na: 2\n${duplicate}`), []);
});

t.test('aliases without bound or end are an error, also where no set is', async (t) => {
  const bomb = ['a', 'b', 'c', 'd', 'e'].map((key, index, keys) => {
    const alias = index === 0 ? 'x' : `*${keys[index - 1]}`;
    return `${key}: &${key} [${Array(9).fill(alias).join(', ')}]\n`;
  });
  t.strictSame(codes(`${bomb.join('')}# zonekeeper.io\n`), ['ZK508']);
  t.strictSame(codes('a: &a [*a]\n# zonekeeper.io\n'), ['ZK508']);
  t.strictSame(codes('a: *b\n# zonekeeper.io\n'), ['ZK508']);
  t.strictSame(codes(bomb.join('')), []);
});

t.test('text that is no YAML is an error with its line', async (t) => {
  const { findings, text } = transform({ name: 'f', text: 'a: 1\nb: [\n' }, scheduling());
  t.match(findings, [{ severity: 'error', place: /^f:[23]$/, problem: { code: 'ZK506' } }]);
  t.equal(text, 'a: 1\nb: [\n');
});

t.test('what cannot be written so that it reads back is an error', async (t) => {
  t.strictSame(codes(set('a', 'x: .nan\n')), ['ZK509']);
});

t.test('an unreadable marker cannot be uninjected', async (t) => {
  const text = set('a').replace('"true"', '"true"\n    zonekeeper.io/injected: nonsense');
  t.strictSame(codes(text, uninjection), ['ZK514']);
});
