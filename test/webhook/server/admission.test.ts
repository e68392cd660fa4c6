import fastJsonPatch from 'fast-json-patch';
import t from 'tap';
import { reviewOf, series, statefulSet } from './support/fixtures.ts';
import { post, serverOf } from './support/server.ts';

const { applyPatch } = fastJsonPatch;

t.test('an annotated StatefulSet is answered by the patch of its injection', async (t) => {
  const { app } = await serverOf(t);
  const object = statefulSet();
  const answer = await post(app, reviewOf(object));
  t.equal(answer.statusCode, 200);
  t.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  const { apiVersion, kind, response } = answer.json();
  t.strictSame(
    { apiVersion, kind },
    { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' },
  );
  t.match(response, { uid: reviewOf({}).request.uid, allowed: true, patchType: 'JSONPatch' });
  const patch = JSON.parse(Buffer.from(response.patch, 'base64').toString());
  const injected = applyPatch(object, patch, true, false).newDocument;
  t.match(injected.spec.volumeClaimTemplates, [{ spec: { storageClassName: 'zonekeeper-zrs' } }]);
});

t.test('a review leaves one line of names and codes, nothing of the object', async (t) => {
  const { app, log } = await serverOf(t);
  await post(app, reviewOf(statefulSet(), { dryRun: true }));
  t.match(log.lines, [{ level: 'info', message: 'admission' }]);
  t.equal(log.lines.length, 1);
  const { ms, ...rest } = log.lines[0]?.fields ?? {};
  t.type(ms, 'number');
  t.strictSame(rest, {
    uid: reviewOf({}).request.uid,
    operation: 'CREATE',
    namespace: 'bank',
    name: 'ledger',
    dryRun: true,
    outcome: 'injected',
    injections: ['storage'],
    codes: [],
    patched: true,
  });
});

t.test('the time from the head of the request to the answer is logged and measured', async (t) => {
  let now = 0;
  const { app, log, metrics } = await serverOf(t, {
    monotonic: () => {
      now += 2.4996;
      return now;
    },
  });
  await post(app, reviewOf(statefulSet()));
  t.match(log.lines, [{ fields: { ms: 2.5 } }]);
  t.equal(await series(metrics, 'zonekeeper_admission_duration_seconds_bucket{le="0.001"}'), 0);
  t.equal(await series(metrics, 'zonekeeper_admission_duration_seconds_bucket{le="0.0025"}'), 1);
});

t.test('a denial is an answer, with its codes in the log', async (t) => {
  const { app, log, metrics } = await serverOf(t);
  const answer = await post(
    app,
    reviewOf(statefulSet({ 'zonekeeper.io/inject': 'yes', 'zonekeeper.io/fast-failover': 'soon' })),
  );
  t.equal(answer.statusCode, 200);
  t.match(answer.json().response, { allowed: false, status: { code: 422 } });
  t.match(log.lines, [{ fields: { outcome: 'denied', codes: ['ZK101', 'ZK103'] } }]);
  t.equal(await series(metrics, 'zonekeeper_admission_messages_total{code="ZK101"}'), 1);
});

t.test('what is no AdmissionReview of v1 is refused with the reason', async (t) => {
  const { app, log, metrics } = await serverOf(t);
  const v1beta1 = { ...reviewOf(statefulSet()), apiVersion: 'admission.k8s.io/v1beta1' };
  for (const [body, reason] of [
    [[], /expected an object/],
    [{}, /nothing at apiVersion/],
    [v1beta1, /"admission.k8s.io\/v1beta1" at apiVersion/],
    [{ ...v1beta1, apiVersion: 'admission.k8s.io/v1', request: null }, /nothing at request/],
  ] as const) {
    const answer = await post(app, body);
    t.equal(answer.statusCode, 400);
    t.match(answer.json(), { kind: 'Status', reason: 'BadRequest', message: reason });
  }
  t.match(log.lines[0], { level: 'warn', fields: { reason: 'malformed', code: 'ZK401' } });
  t.equal(await series(metrics, 'zonekeeper_admission_refusals_total{reason="malformed"}'), 4);
});

t.test('a broken object is a denial and never an error of the server', async (t) => {
  const { app } = await serverOf(t);
  for (const object of [
    null,
    7,
    'text',
    [],
    {},
    { metadata: null },
    { ...statefulSet(), spec: { template: { spec: { containers: 'none' } } } },
    { ...statefulSet(), metadata: { annotations: ['zonekeeper.io/inject'] } },
  ]) {
    const answer = await post(app, reviewOf(object));
    t.equal(answer.statusCode, 200, JSON.stringify(object));
    t.equal(answer.json().response.uid, reviewOf({}).request.uid);
  }
});

t.test('names that no API server would accept are cut in the log', async (t) => {
  const { app, log } = await serverOf(t);
  await post(app, reviewOf(statefulSet(), { uid: 'u'.repeat(100_000), name: 'n'.repeat(100_000) }));
  t.ok(JSON.stringify(log.lines).length < 2_000);
});
