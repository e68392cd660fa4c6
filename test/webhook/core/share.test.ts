import assert from 'node:assert/strict';
import t from 'tap';
import { equal } from '../../../webhook/core/equal.ts';
import { share } from '../../../webhook/core/share.ts';
import { anyJson } from '../../support/arbitraries/json.ts';
import { holds } from '../../support/property.ts';
import { copyOf } from '../../support/statefulset.ts';

t.setTimeout(300_000);

t.test('what comes back equals the value, and is the model itself if that does too', async (t) => {
  holds(t, anyJson, anyJson, (value, other) => {
    assert.ok(equal(share(copyOf(value), other), value));
    const model = copyOf(value);
    assert.equal(share(value, model), model);
  });
});

t.test('parts that are equal are those of the model', async (t) => {
  const model = { spec: { volumes: [{ name: 'a' }, { name: 'b' }], labels: { app: 'x' } } };
  const value = { spec: { volumes: [{ name: 'a' }, { name: 'c' }], labels: { app: 'x' } } };
  const shared = share(value, model);
  t.same(shared, value);
  t.equal(shared.spec.labels, model.spec.labels);
  t.equal(shared.spec.volumes[0], model.spec.volumes[0]);
  t.not(shared.spec.volumes[1], model.spec.volumes[1]);
});

t.test('neither the value nor the model is changed', async (t) => {
  const [value, model] = [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }], c: 4 }];
  share(Object.freeze(value), Object.freeze(model));
  t.same([value, model], [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }], c: 4 }]);
});

t.test('a field that is undefined is not taken for one that the model has', async (t) => {
  const value = { a: undefined, b: 1 };
  t.strictSame(share(value, { b: 1, c: 2 }), value);
  t.strictSame(share({ list: [undefined] }, { list: [] }), { list: [undefined] });
});

t.test('what differs far down is compared once, not once a level', async (t) => {
  let read = 0;
  const leaf = (value: number) =>
    Object.defineProperty({}, 'leaf', {
      enumerable: true,
      get: () => {
        read += 1;
        return value;
      },
    });
  const deep = (value: number) =>
    Array.from({ length: 50 }).reduce<object>((inner) => ({ inner }), leaf(value));
  share(deep(1), deep(2));
  t.ok(read < 10, `${read} times`);
});
