import t from 'tap';
import { isFields } from '../../../webhook/core/fields.ts';

t.test('fields are of an object, not of a list, of nothing or of a scalar', async (t) => {
  t.ok(isFields({}) && isFields({ a: 1 }) && isFields(Object.create(null)));
  for (const value of [[], [{}], null, undefined, '', 'text', 0, true]) t.notOk(isFields(value));
});
