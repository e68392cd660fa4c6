import t from 'tap';
import type { Report } from '../../../webhook/core/review.ts';
import { Metrics } from '../../../webhook/server/metrics.ts';
import { series } from './support/fixtures.ts';

const report: Report = {
  uid: 'u',
  operation: 'UPDATE',
  namespace: 'bank',
  name: 'ledger',
  dryRun: true,
  outcome: 'kept',
  injections: ['storage', 'failover'],
  codes: ['ZK203', 'ZK216'],
  patched: true,
};

t.test('a review is counted by operation, outcome, injection and code', async (t) => {
  const metrics = new Metrics('1');
  metrics.reviewed(report, 3);
  metrics.reviewed({ ...report, dryRun: false, injections: ['storage'] }, 3);
  for (const [name, count] of [
    ['reviews_total{operation="UPDATE",outcome="kept",dry_run="true"}', 1],
    ['reviews_total{operation="UPDATE",outcome="kept",dry_run="false"}', 1],
    ['reviews_total{operation="CREATE",outcome="kept",dry_run="true"}', 0],
    ['injections_total{injection="storage"}', 2],
    ['injections_total{injection="failover"}', 1],
    ['messages_total{code="ZK216"}', 2],
    ['messages_total{code="ZK101"}', 0],
    ['duration_seconds_bucket{le="0.001"}', 0],
    ['duration_seconds_bucket{le="0.005"}', 2],
    ['duration_seconds_bucket{le="10"}', 2],
    ['duration_seconds_sum', 0.006],
  ] as const) {
    t.equal(await series(metrics, `zonekeeper_admission_${name}`), count, name);
  }
});

t.test('whatever callers write adds no series and no name of theirs', async (t) => {
  const metrics = new Metrics('1');
  const seriesOf = async () =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('zonekeeper_'));
  metrics.reviewed({ ...report, operation: 'DELETE' }, 1);
  const before = (await seriesOf()).length;
  for (let n = 0; n < 100; n += 1) {
    metrics.reviewed({ ...report, operation: `op-${n}`, name: `name-${n}`, namespace: `${n}` }, 1);
  }
  const after = await seriesOf();
  t.equal(after.length, before);
  t.notMatch(after.join('\n'), /op-1|name-1|bank/);
});

t.test('the state of configuration and certificate is told', async (t) => {
  const metrics = new Metrics('1');
  const value = (name: string) => series(metrics, `zonekeeper_${name}`);
  metrics.configurationAccepted(5_000);
  t.equal(await value('config_last_reload_successful'), 1);
  t.equal(await value('config_last_reload_success_timestamp_seconds'), 5);
  metrics.configurationRefused();
  t.equal(await value('config_last_reload_successful'), 0);
  t.equal(await value('config_last_reload_success_timestamp_seconds'), 5);
  t.equal(await value('certificate_expiry_timestamp_seconds'), 0);
  metrics.certificateServed(new Date(7_000));
  t.equal(await value('certificate_expiry_timestamp_seconds'), 7);
  let authority = Number.NaN;
  metrics.watchAuthority(() => authority);
  t.equal(await value('ca_expiry_timestamp_seconds'), 0);
  authority = 9_000;
  t.equal(await value('ca_expiry_timestamp_seconds'), 9);
});
