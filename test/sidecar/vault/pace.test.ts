import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { Pace, retryAfter, SHORTEST_INTERVAL } from '../../../sidecar/vault/pace.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { holds } from '../../support/property.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

t.test('the first round begins within a minute, by chance', async (t) => {
  holds(t, chance, (number) => {
    const delay = new Pace(new ManualClock(), () => number, SHORTEST_INTERVAL).delay();
    assert.equal(delay, Math.round(number * 60_000));
  });
});

t.test('rounds are an interval and up to a fifth apart, or what a service asks for', async (t) => {
  const patience = fc.integer({ min: 0, max: 10 * SHORTEST_INTERVAL });
  holds(t, chance, patience, (number, patience) => {
    const pace = new Pace(new ManualClock(), () => number, SHORTEST_INTERVAL);
    pace.roundEnded(patience);
    const least = Math.max(SHORTEST_INTERVAL, patience);
    assert.ok(pace.delay() >= least);
    assert.ok(pace.delay() <= least + SHORTEST_INTERVAL / 5);
  });
});

t.test('time that passes shortens the wait, down to none', async (t) => {
  const clock = new ManualClock();
  const pace = new Pace(clock, () => 0, SHORTEST_INTERVAL);
  t.equal(pace.delay(), 0);
  pace.roundEnded(0);
  clock.advance(SHORTEST_INTERVAL - 1);
  t.equal(pace.delay(), 1);
  clock.advance(10_000);
  t.equal(pace.delay(), 0);
});

t.test('nobody is waited for longer than a day', async (t) => {
  const pace = new Pace(new ManualClock(), () => 0, SHORTEST_INTERVAL);
  pace.roundEnded(Number.POSITIVE_INFINITY);
  t.equal(pace.delay(), 86_400_000);
});

t.test('Retry-After holds seconds or a date', async (t) => {
  const now = Date.UTC(2026, 10, 21, 12);
  t.equal(retryAfter('120', now), 120_000);
  t.equal(retryAfter(' 0 ', now), 0);
  t.equal(retryAfter('Sat, 21 Nov 2026 12:10:00 GMT', now), 600_000);
  t.equal(retryAfter('Sat, 21 Nov 2026 11:00:00 GMT', now), 0);
  t.equal(retryAfter('soon', now), undefined);
  t.equal(retryAfter(undefined, now), undefined);
});
