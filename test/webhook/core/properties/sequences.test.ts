import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, update } from '../../../support/admission.ts';
import { applied } from '../../../support/apply.ts';
import { prefixed, sound } from '../../../support/arbitraries/annotations.ts';
import {
  anyView,
  contexts,
  strictConfiguration,
} from '../../../support/arbitraries/configuration.ts';
import { podSpec } from '../../../support/arbitraries/pod-spec.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { holds } from '../../../support/property.ts';
import { annotated, copyOf, withPod } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

/** Two manifests of one set: the second has another pod, other wishes or both. */
const pairs = fc
  .record({
    one: bareSets,
    pod: fc.option(podSpec, { nil: {} }),
    asks: fc.option(sound.map(prefixed), { nil: {} }),
  })
  .map(
    ({ one, pod, asks }) =>
      [one, copyOf<typeof one>(withPod(annotated(one, asks), { ...pod }))] as const,
  );

/** Pods that choose nothing themselves that zonekeeper could have put in: what is whose could not be told. */
const distinctPairs = pairs
  .filter((sets) => !sets.some(({ spec }) => /zonekeeper/i.test(JSON.stringify(spec))))
  .map(([one, other]) => [distinct(one), distinct(other)] as const);

function distinct(set: StatefulSet): StatefulSet {
  return withPod(set, { schedulerName: 'own', affinity: null, tolerations: null });
}

const ways = fc.constantFrom('replace', 'apply');

t.test(
  'manifests that were accepted once are accepted in turn, whatever is configured',
  async (t) => {
    const steps = fc.array(fc.tuple(contexts(), ways), { minLength: 2, maxLength: 3 });
    holds(t, pairs, contexts(), steps, ([one, other], context, steps) => {
      const { stored, mutation } = create(one, context);
      if (mutation.outcome === 'denied') return;
      if (create(other, context).mutation.outcome === 'denied') return;
      let [next, last, live] = [other, one, stored];
      for (const [later, way] of steps) {
        const written = way === 'replace' ? next : applied(next, last, live);
        const updated = update(written, live, later);
        assert.deepEqual(updated.mutation.denials, []);
        assert.deepEqual(
          updated.stored.spec.volumeClaimTemplates,
          stored.spec.volumeClaimTemplates,
        );
        [next, last, live] = [last, next, updated.stored];
      }
    });
  },
);

t.test('a set that is replaced by another and back is as it was created', async (t) => {
  holds(t, distinctPairs, contexts(), ([one, other], context) => {
    const { stored, mutation } = create(one, context);
    if (mutation.outcome === 'denied') return;
    const between = update(other, stored, context);
    if (between.mutation.outcome === 'denied') return;
    const back = update(one, between.stored, context);
    assert.deepEqual(back.mutation.denials, []);
    assert.deepEqual(back.stored.spec, stored.spec);
  });
});

t.test('the same annotations are never refused twice in a row, whatever is bounded', async (t) => {
  const strict = contexts(strictConfiguration, anyView);
  holds(t, distinctPairs, contexts(), strict, strict, ([one, other], context, later, latest) => {
    const { stored, mutation } = create(one, context);
    if (mutation.outcome === 'denied') return;
    const between = update(other, stored, later);
    if (between.mutation.outcome === 'denied') return;
    const again = update(other, between.stored, latest);
    assert.deepEqual(again.mutation.denials, []);
    assert.deepEqual(again.stored.spec.template, between.stored.spec.template);
  });
});
