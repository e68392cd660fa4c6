import t from 'tap';
import { mutateCreate } from '../../../webhook/core/mutate.ts';
import { EMPTY_VIEW } from '../../../webhook/core/view.ts';
import { contextWith } from '../../support/context.ts';
import { manifest } from '../../support/statefulset.ts';

t.test('somebody who knows no cluster is warned about nothing in it', async (t) => {
  t.same(EMPTY_VIEW, {});
  t.ok(Object.isFrozen(EMPTY_VIEW));
  const set = manifest({
    asks: { inject: 'true', profile: 'azuredisk-v2', 'secret-provider-class': 'vault' },
  });
  t.same(mutateCreate(set, 'shop', contextWith({ view: EMPTY_VIEW })).warnings, []);
});
