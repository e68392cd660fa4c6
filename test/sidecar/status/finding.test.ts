import t from 'tap';
import { fold, STALE_AFTER, stateOf, type Verdict } from '../../../sidecar/status/finding.ts';

const verdict = (state: Verdict['state']): Verdict => ({
  path: '/mnt/a',
  state,
  code: 'ZK850',
  reason: state,
});
const at = (monotonic: number, wall = monotonic) => ({ wall, monotonic });

t.test('a drift that lasts becomes stale, by the clock that never jumps', async (t) => {
  const first = fold(undefined, verdict('drifted'), at(0));
  const again = fold(first, verdict('drifted'), at(STALE_AFTER - 1));
  t.equal(stateOf(again, at(STALE_AFTER - 1)), 'drifted');
  t.equal(stateOf(again, at(STALE_AFTER)), 'stale');
  t.equal(stateOf(again, at(1, 10 * STALE_AFTER)), 'drifted', 'the wall clock was set forward');
  t.equal(stateOf(again, at(STALE_AFTER, -STALE_AFTER)), 'stale', 'it was set back');
  t.strictSame(again.since, at(0));
});

t.test('a vault that cannot be asked hides nothing that was found', async (t) => {
  for (const state of ['drifted', 'orphaned'] as const) {
    const before = fold(undefined, verdict(state), at(5));
    t.equal(fold(before, verdict('unknown'), at(6)), before);
  }
  const fresh = fold(undefined, verdict('fresh'), at(5));
  t.match(fold(fresh, verdict('unknown'), at(6)), { state: 'unknown', comparedAt: 5 });
  t.notHas(fold(undefined, verdict('unknown'), at(6)), 'comparedAt');
});

t.test('a comparison that finds otherwise begins anew', async (t) => {
  const drifted = fold(undefined, verdict('drifted'), at(1));
  const fresh = fold(drifted, verdict('fresh'), at(2));
  t.match(fresh, { state: 'fresh', since: at(2), comparedAt: 2 });
  t.match(fold(fresh, verdict('drifted'), at(3)), { since: at(3) });
});
