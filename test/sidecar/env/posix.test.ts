import t from 'tap';
import { shell } from './readers/shell.ts';
import { assertRoundTrips } from './support/round-trip.ts';

for (const name of ['dash', 'bash'] as const) {
  t.test(`${name} reads back what was written`, async (t) =>
    assertRoundTrips(t, 'posix', await shell(name)),
  );
}
