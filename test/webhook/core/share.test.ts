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
