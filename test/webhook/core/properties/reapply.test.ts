import assert from 'node:assert/strict';
import t from 'tap';
import { setStateOf } from '../../../../webhook/core/check/set-state.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import { create, NAMESPACE } from '../../../support/admission.ts';
import { contexts } from '../../../support/arbitraries/configuration.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { appliedBy } from '../../../support/cluster-facts.ts';
import { holds } from '../../../support/property.ts';
import { copyOf } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

t.test('a check never sees a re-apply change what that apply has made', async (t) => {
  holds(t, bareSets, contexts(), contexts(), (set, context, later) => {
    const { mutation, stored } = create(appliedBy(set, set), context);
    if (mutation.outcome === 'denied') return;
    assert.equal(setStateOf(stored, later).reapply, 'unchanged');
  });
});

t.test('nor that of a manifest that was injected offline', async (t) => {
  holds(t, bareSets, contexts(), contexts(), (set, context, later) => {
    const { object, outcome } = mutateCreate(copyOf(set), NAMESPACE, { ...context, offline: true });
    if (outcome === 'denied') return;
    const { mutation, stored } = create(appliedBy(object, object), context);
    if (mutation.outcome === 'denied') return;
    assert.equal(setStateOf(stored, later).reapply, 'unchanged');
  });
});
