import t from 'tap';
import { type Target, targetsOf, withValueAt } from '../../../webhook/cli/targets.ts';
import type { Json } from '../../../webhook/core/statefulset.ts';
import { onlySegment } from './support/change.ts';

function targetsIn(text: string): Target[] {
  const segment = onlySegment(text);
  return targetsOf(segment, segment.document.toJS() as Json);
}

const summary = (text: string) =>
  targetsIn(text).map(({ title, line, isStatefulSet }) => [title, line, isStatefulSet]);

t.test('only StatefulSets of apps/v1 are StatefulSets', async (t) => {
  const of = (apiVersion: string, kind: string) =>
    summary(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: b}\n`);
  t.strictSame(of('apps/v1', 'StatefulSet'), [['StatefulSet b/a', 1, true]]);
  t.strictSame(of('apps/v1beta1', 'StatefulSet'), [['StatefulSet b/a', 1, false]]);
  t.strictSame(of('apps.kruise.io/v1beta1', 'StatefulSet'), [['StatefulSet b/a', 1, false]]);
  t.strictSame(of('apps/v1', 'Deployment'), [['Deployment b/a', 1, false]]);
});

t.test('objects without a name are told by what they have', async (t) => {
  t.strictSame(summary('kind: StatefulSet\n'), [['StatefulSet', 1, false]]);
  t.strictSame(summary('metadata: {generateName: x-}\n'), [['object x-', 1, false]]);
  t.strictSame(summary('metadata: {name: 1}\nkind: 2\n'), [['object', 1, false]]);
  t.strictSame(summary('- a\n'), []);
});

t.test('Lists are opened, also within Lists, and give their items a kind', async (t) => {
  const list = `
kind: List
items:
- {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}}
- kind: StatefulSetList
  apiVersion: apps/v1
  items:
  - metadata: {name: b}
- nonsense
`;
  t.strictSame(summary(list), [
    ['StatefulSet a', 4, true],
    ['StatefulSet b', 8, true],
  ]);
  t.strictSame(targetsIn(list)[1]?.path, ['items', 1, 'items', 0]);
  t.strictSame(summary('kind: List\n'), [['List', 1, false]]);
});

t.test('an item behind an alias has the line of what surrounds it', async (t) => {
  const text = 'x: &x\n- {kind: A}\nkind: List\nitems: *x\n';
  t.strictSame(summary(text), [['A', 4, false]]);
});

t.test('a value is put at its path and everything beside it is shared', async (t) => {
  const root = { a: [{ b: 1 }, { c: 2 }], d: {} };
  const result = withValueAt(root, ['a', 1], { e: 3 });
  t.strictSame(result, { a: [{ b: 1 }, { e: 3 }], d: {} });
  t.equal((result as typeof root).d, root.d);
  t.equal((result as typeof root).a[0], root.a[0]);
  t.equal(withValueAt(root, [], 1), 1);
});
