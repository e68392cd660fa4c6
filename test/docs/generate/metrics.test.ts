import t from 'tap';
import { metricsTable } from '../../../docs/generate/metrics.ts';

t.test('the metrics of zonekeeper’s own are shown by name, with their labels', async (t) => {
  const exposition = [
    '# HELP zonekeeper_b_total Counts.',
    '# TYPE zonekeeper_b_total counter',
    'zonekeeper_b_total{one="1",two="x"} 0',
    'zonekeeper_b_total{one="2",two="x"} 0',
    '# HELP process_cpu_seconds_total Not ours.',
    '# TYPE process_cpu_seconds_total counter',
    '# HELP zonekeeper_a Measures a|b.',
    '# TYPE zonekeeper_a gauge',
    'zonekeeper_a 1',
    '',
  ].join('\n');
  t.equal(
    metricsTable(exposition),
    [
      '| Metric | Type | Labels | Meaning |',
      '|---|---|---|---|',
      '| `zonekeeper_a` | gauge | – | Measures a\\|b. |',
      '| `zonekeeper_b_total` | counter | `one`, `two` | Counts. |',
    ].join('\n'),
  );
});
