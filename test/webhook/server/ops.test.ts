import t from 'tap';
import { Metrics } from '../../../webhook/server/metrics.ts';
import { buildOps } from '../../../webhook/server/ops.ts';
import { Readiness } from '../../../webhook/server/readiness.ts';

const metrics = new Metrics('1.2.3');
let reason: string | undefined;
const app = buildOps({ metrics, readiness: new Readiness({ 'ca-bundle': () => reason }) });
t.teardown(() => app.close());

t.test('liveness only needs an answer', async (t) => {
  reason = 'does not verify';
  const answer = await app.inject('/livez');
  t.equal(answer.statusCode, 200);
});

t.test('readiness names what is not ready', async (t) => {
  reason = undefined;
  const ready = await app.inject('/readyz');
  t.equal(ready.statusCode, 200);
  t.strictSame(ready.json(), { ready: true });
  reason = 'does not verify';
  const notReady = await app.inject('/readyz');
  t.equal(notReady.statusCode, 503);
  t.strictSame(notReady.json(), {
    ready: false,
    notReady: [{ condition: 'ca-bundle', reason: 'does not verify' }],
  });
});

t.test('metrics are in the exposition format of Prometheus', async (t) => {
  const answer = await app.inject('/metrics');
  t.equal(answer.statusCode, 200);
  t.match(answer.headers['content-type'], /^text\/plain; version=0\.0\.4/);
  t.match(answer.body, 'zonekeeper_build_info{version="1.2.3"} 1');
  t.match(answer.body, 'process_resident_memory_bytes');
});

t.test('nothing else is served', async (t) => {
  const answer = await app.inject({ method: 'POST', url: '/mutate', payload: {} });
  t.equal(answer.statusCode, 404);
  t.match(answer.json(), { kind: 'Status', reason: 'NotFound' });
});
