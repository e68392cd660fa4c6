import t from 'tap';
import { docker } from './readers/go.ts';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('docker --env-file reads back what was written', async (t) =>
  assertRoundTrips(t, 'docker', await docker()),
);
