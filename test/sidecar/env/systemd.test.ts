import t from 'tap';
import { systemd } from './readers/systemd.ts';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('systemd reads back what was written', async (t) =>
  assertRoundTrips(t, 'systemd', await systemd()),
);
