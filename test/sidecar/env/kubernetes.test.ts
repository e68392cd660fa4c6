import t from 'tap';
import { kubelet } from './readers/go.ts';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('the kubelet reads back what was written', async (t) =>
  assertRoundTrips(t, 'kubernetes', await kubelet()),
);
