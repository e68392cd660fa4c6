import t from 'tap';
import { leftAlone, withList, without } from '../../../../webhook/core/inject/injected.ts';

t.test('a spec that is left alone is the very one, with nothing to remember', async (t) => {
  const spec = { containers: [] };
  const left = leftAlone(spec);
  t.equal(left.spec, spec);
  t.same([left.entry, left.denials, left.warnings], [undefined, [], []]);
});

t.test('a key is removed from a copy, and one that is absent from nothing', async (t) => {
  const object: { a: number; b?: number } = { a: 1, b: 2 };
  t.same(without(object, 'b'), { a: 1 });
  t.same(object, { a: 1, b: 2 });
  const bare: { a: number; b?: number } = { a: 1 };
  t.equal(without(bare, 'b'), bare);
});

t.test('an empty list is no list, as the API server stores it', async (t) => {
  t.same(withList({ a: 1, list: [1] }, 'list', []), { a: 1 });
  t.same(withList({ a: 1, list: [1] }, 'list', [2]), { a: 1, list: [2] });
});
