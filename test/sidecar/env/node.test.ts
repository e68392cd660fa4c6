import t from 'tap';
import { nodeEnvFile, nodeParseEnv } from './readers/node.ts';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('node --env-file reads back what was written', (t) =>
  assertRoundTrips(t, 'node', nodeEnvFile),
);

t.test('util.parseEnv reads back what was written', (t) =>
  assertRoundTrips(t, 'node', nodeParseEnv),
);
