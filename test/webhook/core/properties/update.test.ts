import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, markerOf, update } from '../../../support/admission.ts';
import { applied } from '../../../support/apply.ts';
import {
  anyView,
  contexts,
  strictConfiguration,
} from '../../../support/arbitraries/configuration.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { holds } from '../../../support/property.ts';
import { annotated } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

/** Writes that change nothing about the template and the annotations of zonekeeper. */
const WRITES: Readonly<Record<string, (bare: StatefulSet, live: StatefulSet) => StatefulSet>> = {
  'the live object': (_, live) => live,
  replace: (bare) => bare,
  apply: (bare, live) => applied(bare, bare, live),
  'replace with the live metadata': (bare, { metadata }) => ({ ...bare, metadata }),
  scale: (_, live) => ({ ...live, spec: { ...live.spec, replicas: 7 } }),
  annotate: (_, live) => annotated(live, { 'example.com/team': 'db', valueOf: 'x' }),
};

const writes = fc.constantFrom(...Object.keys(WRITES));

function writeUnchanged(write: string, bare: StatefulSet, live: StatefulSet): StatefulSet {
  return WRITES[write]?.(bare, live) ?? live;
}

t.test('a write that changes nothing changes no template, class or marker', async (t) => {
  holds(t, bareSets, contexts(), contexts(), writes, (bare, context, later, write) => {
    const { stored: live, mutation } = create(bare, context);
    if (mutation.outcome === 'denied') return;
    const updated = update(writeUnchanged(write, bare, live), live, later);
    assert.deepEqual(updated.mutation.denials, []);
    assert.deepEqual(updated.stored.spec.template, live.spec.template);
    assert.deepEqual(updated.stored.spec.volumeClaimTemplates, live.spec.volumeClaimTemplates);
    assert.equal(markerOf(updated.stored), markerOf(live));
    if (write === 'the live object') assert.deepEqual(updated.patch, []);
  });
});

t.test('annotations that have not changed are never refused, whatever is configured', async (t) => {
  const strict = contexts(strictConfiguration, anyView);
  holds(t, bareSets, contexts(), strict, writes, (bare, context, later, write) => {
    const { stored: live, mutation } = create(bare, context);
    if (mutation.outcome === 'denied') return;
    const updated = update(writeUnchanged(write, bare, live), live, later);
    assert.deepEqual(updated.mutation.denials, []);
    assert.deepEqual(updated.stored.spec.template, live.spec.template);
    assert.deepEqual(updated.stored.spec.volumeClaimTemplates, live.spec.volumeClaimTemplates);
  });
});
