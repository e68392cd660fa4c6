import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Context } from '../../../../webhook/core/context.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, update } from '../../../support/admission.ts';
import { changed, changes } from '../../../support/arbitraries/change.ts';
import { contexts } from '../../../support/arbitraries/configuration.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { edited, edits } from '../../../support/other-webhook.ts';
import { holds } from '../../../support/property.ts';

t.setTimeout(300_000);

type Round = (set: StatefulSet) => ReturnType<typeof create>;

/** Two rounds of an admission, between which another webhook edits the set; `undefined` if one refuses it. */
function twoRounds(set: StatefulSet, round: Round, names: readonly string[]) {
  const first = round(set);
  if (first.mutation.outcome === 'denied') return undefined;
  const second = round(edited(first.stored, names));
  return second.mutation.outcome === 'denied' ? undefined : second.stored;
}

const creation =
  (context: Context): Round =>
  (set) =>
    create(set, context);

t.test(
  'a creation that another webhook edits in between settles in the second round',
  async (t) => {
    holds(t, bareSets, contexts(), edits, (bare, context, names) => {
      const stored = twoRounds(bare, creation(context), names);
      if (stored !== undefined) assert.deepEqual(create(stored, context).patch, []);
    });
  },
);

t.test('an update that another webhook edits in between settles in the second round', async (t) => {
  const written = fc.tuple(fc.constantFrom('bare', 'live'), changes);
  holds(t, bareSets, contexts(), contexts(), edits, written, (bare, before, now, names, how) => {
    const live = twoRounds(bare, creation(before), names);
    if (live === undefined) return;
    const [from, change] = how;
    const round: Round = (set) => update(set, live, now);
    const stored = twoRounds(changed(from === 'bare' ? bare : live, change), round, names);
    if (stored !== undefined) assert.deepEqual(round(stored).patch, []);
  });
});

t.test('what another webhook adds anew at each write restarts nothing', async (t) => {
  holds(t, bareSets, contexts(), contexts(), edits, (bare, before, now, names) => {
    const live = twoRounds(bare, creation(before), names);
    if (live === undefined) return;
    const stored = twoRounds(bare, (set) => update(set, live, now), names);
    assert.deepEqual(stored?.spec.template, live.spec.template);
  });
});
