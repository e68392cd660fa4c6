import dotenv18 from 'dotenv';
import dotenv16 from 'dotenv-16';
import dotenv17 from 'dotenv-17';
import t from 'tap';
import { assertRoundTrips } from './support/round-trip.ts';

for (const [version, { parse }] of Object.entries({ 16: dotenv16, 17: dotenv17, 18: dotenv18 })) {
  t.test(`dotenv ${version} reads back what was written`, (t) =>
    assertRoundTrips(t, 'dotenv', async (texts) =>
      texts.map((text) => new Map(Object.entries(parse(text)))),
    ),
  );
}
