import t from 'tap';
import { mutateCreate as create } from '../../../webhook/core/create.ts';
import { mutateCreate, mutateUpdate } from '../../../webhook/core/mutate.ts';
import { mutateUpdate as update } from '../../../webhook/core/update.ts';

t.test('both admissions are found in one place', async (t) => {
  t.equal(mutateCreate, create);
  t.equal(mutateUpdate, update);
});
