import { Registry } from '@prometheus-io/client';
import t from 'tap';
import { watchClasses } from '../../../webhook/server/class-metrics.ts';

t.test('what is scraped is how it stands at that moment', async (t) => {
  const registry = new Registry();
  let status = { managed: 0, queued: 0, succeededAt: 0, errors: { clash: 0, failed: 0 } };
  watchClasses(registry, () => status);
  const scraped = async () => {
    const lines = (await registry.metrics()).split('\n');
    return lines.filter((line) => line !== '' && !line.startsWith('#'));
  };
  const PREFIX = 'zonekeeper_secret_provider_class';
  t.strictSame(await scraped(), [
    `${PREFIX}es 0`,
    `${PREFIX}_queue_length 0`,
    `${PREFIX}_last_success_timestamp_seconds 0`,
    `${PREFIX}_errors_total{reason="clash"} 0`,
    `${PREFIX}_errors_total{reason="failed"} 0`,
  ]);
  status = { managed: 3, queued: 2, succeededAt: 5000, errors: { clash: 1, failed: 4 } };
  t.strictSame(await scraped(), [
    `${PREFIX}es 3`,
    `${PREFIX}_queue_length 2`,
    `${PREFIX}_last_success_timestamp_seconds 5`,
    `${PREFIX}_errors_total{reason="clash"} 1`,
    `${PREFIX}_errors_total{reason="failed"} 4`,
  ]);
});
