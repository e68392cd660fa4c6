import t from 'tap';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('JSON.parse reads back what was written', (t) =>
  assertRoundTrips(t, 'json', async (texts) =>
    texts.map((text) => new Map(Object.entries(JSON.parse(text) as Record<string, string>))),
  ),
);
