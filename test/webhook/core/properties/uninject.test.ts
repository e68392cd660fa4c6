import assert from 'node:assert/strict';
import t from 'tap';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import { uninject } from '../../../../webhook/core/uninject.ts';
import { create, NAMESPACE } from '../../../support/admission.ts';
import { contexts } from '../../../support/arbitraries/configuration.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { holds } from '../../../support/property.ts';
import { arriving, copyOf } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

t.test('what is taken out of an injected set is exactly what was put in', async (t) => {
  holds(t, bareSets, contexts(), (bare, context) => {
    const { stored, mutation } = create(bare, context);
    if (mutation.outcome === 'denied') return;
    const { object } = uninject(stored);
    assert.deepEqual(object, arriving(bare));
    assert.equal(uninject(object).object, object);
  });
});

t.test(
  'a manifest is the same after injection and its undoing, but for what is empty',
  async (t) => {
    holds(t, bareSets, contexts(), (bare, context) => {
      const offline = { ...context, offline: true };
      const { object, outcome } = mutateCreate(copyOf(bare), NAMESPACE, offline);
      if (outcome === 'denied') return;
      assert.deepEqual(arriving(uninject(object).object), arriving(bare));
    });
  },
);
