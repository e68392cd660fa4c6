import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { DEFAULT_LIMITS, InFlight } from '../../../webhook/server/limits.ts';
import type { Metrics } from '../../../webhook/server/metrics.ts';
import { reviewOf, series, statefulSet } from './support/fixtures.ts';
import { head, listeningServer } from './support/listening.ts';
import { post } from './support/server.ts';

const inFlight = (metrics: Metrics) => series(metrics, 'zonekeeper_admission_in_flight');

t.test('one request too many is answered by 429, and the next after one has left', async (t) => {
  const { app, metrics, open } = await listeningServer(t, { limits: { requests: 1 } });
  const socket = await open();
  socket.write(`${head(1000)}{"half":`);
  while ((await inFlight(metrics)) !== 1) await setTimeout(5);

  const answer = await post(app, reviewOf(statefulSet()));
  t.equal(answer.statusCode, 429);
  t.equal(answer.headers['retry-after'], '1');
  t.match(answer.json(), { kind: 'Status', reason: 'TooManyRequests' });

  socket.destroy(); // A client that goes away before its request is whole frees its place too.
  while ((await inFlight(metrics)) !== 0) await setTimeout(5);
  t.equal((await post(app, reviewOf(statefulSet()))).statusCode, 200);
  t.equal(await inFlight(metrics), 0);
});

t.test('the announced bodies together stay below their limit', (t) => {
  const flight = new InFlight({ ...DEFAULT_LIMITS, bodyBytes: 100, inFlightBytes: 250 });
  t.equal(flight.enter('100'), 100);
  t.equal(flight.enter('100'), 100);
  t.equal(flight.enter('51'), undefined, 'too much');
  t.equal(flight.enter('50'), 50, 'just enough');
  flight.leave(100);
  t.equal(flight.enter('51'), 51, 'one has left');
  t.equal(flight.requests, 3);
  t.end();
});

t.test('a body of unknown length counts as the largest one', (t) => {
  const flight = new InFlight({ ...DEFAULT_LIMITS, bodyBytes: 100, inFlightBytes: 150 });
  t.equal(flight.enter(undefined), 100);
  t.equal(flight.enter('51'), undefined);
  t.end();
});

t.test('a body that will be refused for its length takes no room', (t) => {
  const flight = new InFlight({ ...DEFAULT_LIMITS, bodyBytes: 100, inFlightBytes: 100 });
  t.equal(flight.enter('100000000'), 0);
  t.equal(flight.enter('100'), 100);
  t.end();
});

t.test('a single request is always let in', (t) => {
  const flight = new InFlight({ ...DEFAULT_LIMITS, bodyBytes: 100, inFlightBytes: 50 });
  t.equal(flight.enter('100'), 100);
  t.end();
});
