import t from 'tap';
import { javaProperties } from './readers/java.ts';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('java.util.Properties reads back what was written', async (t) =>
  assertRoundTrips(t, 'java-properties', await javaProperties()),
);
