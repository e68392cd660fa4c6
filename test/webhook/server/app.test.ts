import t from 'tap';
import { reviewOf, series, statefulSet } from './support/fixtures.ts';
import { post, serverOf } from './support/server.ts';

const STATUS = { kind: 'Status', apiVersion: 'v1', status: 'Failure' };

t.test('a body that is no JSON is refused without being quoted', async (t) => {
  const { app, log, metrics } = await serverOf(t);
  const answer = await post(app, '{"password": "hunter2"');
  t.equal(answer.statusCode, 400);
  t.match(answer.json(), { ...STATUS, reason: 'BadRequest', message: /^ZK401 .* no JSON/ });
  t.notMatch(answer.body + JSON.stringify(log.lines), 'hunter2');
  t.equal(await series(metrics, 'zonekeeper_admission_refusals_total{reason="malformed"}'), 1);
});

t.test('an empty body is refused', async (t) => {
  const { app } = await serverOf(t);
  const answer = await post(app, '');
  t.equal(answer.statusCode, 400);
  t.match(answer.json(), { ...STATUS, message: /ZK401 the request body has nothing/ });
});

t.test('what is not declared as JSON is refused', async (t) => {
  const { app } = await serverOf(t);
  for (const type of ['text/plain', 'application/yaml']) {
    const answer = await post(app, reviewOf(statefulSet()), type);
    t.equal(answer.statusCode, 415, type);
    t.match(answer.json(), { ...STATUS, reason: 'UnsupportedMediaType' });
  }
});

t.test('a body of 7 MiB is read and a longer one is refused', async (t) => {
  const { app } = await serverOf(t);
  const body = JSON.stringify(reviewOf(statefulSet()));
  const longest = body.padEnd(7 * 1024 * 1024, ' ');
  t.equal((await post(app, longest)).statusCode, 200);
  const answer = await post(app, `${longest} `);
  t.equal(answer.statusCode, 413);
  t.match(answer.json(), { ...STATUS, reason: 'RequestEntityTooLarge', message: /7340032 bytes/ });
});

t.test('every other route and method is not found', async (t) => {
  const { app, metrics } = await serverOf(t);
  for (const [method, url] of [
    ['GET', '/mutate'],
    ['POST', '/'],
    ['GET', '/metrics'],
  ] as const) {
    const answer = await app.inject({ method, url });
    t.equal(answer.statusCode, 404, `${method} ${url}`);
    t.match(answer.json(), { ...STATUS, message: /expected POST \/mutate/ });
  }
  t.equal(await series(metrics, 'zonekeeper_admission_refusals_total{reason="not-found"}'), 3);
});

t.test('a URL that cannot be decoded is refused in the same form', async (t) => {
  const { app } = await serverOf(t);
  const answer = await app.inject({ method: 'POST', url: '/%zz' });
  t.equal(answer.statusCode, 400);
  t.match(answer.json(), STATUS);
});

t.test('a defect in a review is told in the log and not to the caller', async (t) => {
  const { app, log } = await serverOf(t, {
    review: () => {
      throw new TypeError('secret is not a function');
    },
  });
  const answer = await post(app, reviewOf(statefulSet()));
  t.equal(answer.statusCode, 500);
  t.match(answer.json(), { ...STATUS, reason: 'InternalError' });
  t.notMatch(answer.body, 'secret');
  t.match(log.lines, [{ level: 'error', fields: { err: TypeError } }]);
});

t.test('keys named like the prototype reach no prototype', async (t) => {
  const { app } = await serverOf(t);
  const object = JSON.stringify(reviewOf(statefulSet())).replace(
    '"metadata":{',
    '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"metadata":{',
  );
  t.equal((await post(app, object)).statusCode, 200);
  t.notOk('polluted' in {});
});

t.test('while it drains every answer asks to close the connection', async (t) => {
  let draining = false;
  const { app } = await serverOf(t, { draining: () => draining });
  const body = reviewOf(statefulSet());
  t.equal((await post(app, body)).headers.connection, 'keep-alive');
  draining = true;
  const answer = await post(app, body);
  t.equal(answer.statusCode, 200);
  t.equal(answer.headers.connection, 'close');
});

t.test('it is more patient than the API server, which keeps connections for 90 s', async (t) => {
  const { server } = (await serverOf(t)).app;
  t.ok(server.keepAliveTimeout > 90_000);
  t.ok(server.headersTimeout > server.keepAliveTimeout);
  t.ok(server.requestTimeout > server.keepAliveTimeout);
});

t.test('a delayed event loop is answered by 429 with Retry-After', async (t) => {
  const { app, metrics } = await serverOf(t, { limits: { eventLoopDelay: Number.MIN_VALUE } });
  let answer = await post(app, reviewOf(statefulSet()));
  while (answer.statusCode === 200) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = await post(app, reviewOf(statefulSet()));
  }
  t.equal(answer.statusCode, 429);
  t.equal(answer.headers['retry-after'], '1');
  t.match(answer.json(), { ...STATUS, reason: 'TooManyRequests' });
  t.equal(await series(metrics, 'zonekeeper_admission_refusals_total{reason="overloaded"}'), 1);
});
