import t from 'tap';
import { keyOf } from '../../../webhook/controllers/objects.ts';

t.test('an object is known by its namespace and name', async (t) => {
  t.equal(keyOf({ metadata: { namespace: 'team', name: 'data-0' } }), 'team/data-0');
  t.equal(keyOf({ metadata: { name: 'zrs' } }), 'zrs');
  t.equal(keyOf({}), '');
});
