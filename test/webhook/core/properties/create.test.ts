import assert from 'node:assert/strict';
import t from 'tap';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import { create, NAMESPACE } from '../../../support/admission.ts';
import { contexts } from '../../../support/arbitraries/configuration.ts';
import { anySets, bareSets } from '../../../support/arbitraries/statefulset.ts';
import { holds } from '../../../support/property.ts';
import { arriving, copyOf } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

t.test('a set that was injected once gets no patch the second time', async (t) => {
  holds(t, anySets, contexts(), (set, context) => {
    const { mutation, stored } = create(set, context);
    if (mutation.outcome === 'denied') return;
    const again = create(stored, context);
    assert.deepEqual(again.mutation.denials, []);
    assert.deepEqual(again.patch, []);
  });
});

t.test(
  'what is put in is stored as it is written: the API server completes nothing of it',
  async (t) => {
    holds(t, bareSets, contexts(), (set, context) => {
      const { stored } = create(set, context);
      assert.deepEqual(arriving(stored, NAMESPACE), stored);
    });
  },
);

t.test('a manifest that was injected offline once stays as it is the second time', async (t) => {
  holds(t, anySets, contexts(), (set, context) => {
    const offline = { ...context, offline: true };
    const once = mutateCreate(copyOf(set), NAMESPACE, offline);
    if (once.outcome === 'denied') return;
    const twice = mutateCreate(copyOf(once.object), NAMESPACE, offline);
    assert.deepEqual(twice.denials, []);
    assert.deepEqual(twice.object, once.object);
  });
});

t.test('the patch of a creation gives the result, and what came in is left alone', async (t) => {
  holds(t, anySets, contexts(), (set, context) => {
    const sent = arriving(set, NAMESPACE);
    const before = copyOf(sent);
    const { object: result, outcome, denials } = mutateCreate(sent, NAMESPACE, context);
    assert.deepEqual(sent, before);
    assert.equal(outcome === 'denied', denials.length > 0);
    if (outcome === 'denied') assert.equal(result, sent);
    assert.deepEqual(create(set, context).stored, result);
  });
});
