import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, update } from '../../../support/admission.ts';
import { applied } from '../../../support/apply.ts';
import { contexts } from '../../../support/arbitraries/configuration.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { holds } from '../../../support/property.ts';
import { annotated, arriving } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

/** Without the switch, or with it turned off. */
const off = fc.constantFrom(undefined, 'false');
const ways = fc.constantFrom('replace', 'apply', 'edit');

function switched(set: StatefulSet, value: string | undefined): StatefulSet {
  return annotated(set, { 'zonekeeper.io/inject': value });
}

function written(way: string, next: StatefulSet, last: StatefulSet, live: StatefulSet) {
  const inject = next.metadata.annotations?.['zonekeeper.io/inject'];
  if (way === 'edit') return switched(live, inject);
  return way === 'replace' ? next : applied(next, last, live);
}

t.test('an opt-out leaves the user’s own template, and the classes stay for ever', async (t) => {
  holds(t, bareSets, contexts(), contexts(), off, ways, (bare, context, later, value, way) => {
    const { stored, mutation } = create(bare, context);
    if (mutation.outcome === 'denied') return;
    const out = switched(bare, value);
    const left = update(written(way, out, bare, stored), stored, later);
    assert.deepEqual(left.mutation.denials, []);
    assert.deepEqual(left.stored.spec.template, arriving(bare).spec.template);
    const again = update(written(way, out, out, left.stored), left.stored, later);
    assert.deepEqual(again.mutation.denials, []);
    assert.deepEqual(again.stored.spec, left.stored.spec);
    assert.deepEqual(again.stored.spec.volumeClaimTemplates, stored.spec.volumeClaimTemplates);
  });
});

t.test(
  'an opt-in after an opt-out injects what can still change, with the classes as they are',
  async (t) => {
    holds(t, bareSets, contexts(), contexts(), off, ways, (bare, context, later, value, way) => {
      const { stored, mutation } = create(bare, context);
      if (mutation.outcome === 'denied') return;
      const left = update(switched(bare, value), stored, later).stored;
      const back = update(written(way, bare, switched(bare, value), left), left, later);
      assert.deepEqual(back.mutation.denials, []);
      assert.deepEqual(back.stored.spec.volumeClaimTemplates, stored.spec.volumeClaimTemplates);
      assert.deepEqual(back.stored.spec.template, create(bare, later).stored.spec.template);
    });
  },
);
