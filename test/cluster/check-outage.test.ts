import t from 'tap';
import { issueAuthority } from '../../certs/issue.ts';
import { about, check, codesOf, createDrivers, setOf } from './support/check.ts';
import { WEBHOOK_CONFIGURATION } from './support/installation.ts';
import { OPTED_IN, smallSet } from './support/manifests.ts';
import { Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

const CA_BUNDLE = '/webhooks/0/clientConfig/caBundle';
const DAY = 86_400_000;

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');
await createDrivers(cluster);

async function patchConfiguration(operation: object): Promise<void> {
  const contentType = 'application/json-patch+json';
  await cluster.api.expect('PATCH', WEBHOOK_CONFIGURATION, { body: [operation], contentType });
}

t.test('a webhook that does not answer, and a caBundle that ends soon, are found', async (t) => {
  await zonekeeper.stop();
  const { cert } = await issueAuthority({ now: Date.now(), lifetime: 10 * DAY });
  const value = Buffer.from(cert).toString('base64');
  await patchConfiguration({ op: 'add', path: CA_BUNDLE, value });
  const { code, report } = await check(cluster, '-n', 'shop');
  t.equal(code, 1);
  t.strictSame(codesOf(report, 'zonekeeper'), ['ZK719', 'ZK716']);
  await patchConfiguration({ op: 'remove', path: CA_BUNDLE });
  t.strictSame(codesOf((await check(cluster, '-n', 'shop')).report, 'zonekeeper'), [
    'ZK715',
    'ZK719',
  ]);
});

t.test('a set that was stored meanwhile, past the webhook, is found', async (t) => {
  await zonekeeper.upgrade({ webhook: { failurePolicy: 'Ignore' } });
  const missed = smallSet('missed', OPTED_IN);
  await until('it is stored', async () => (await sets.apply(missed)).code === 0);
  const away = await check(cluster, '-n', 'shop');
  t.strictSame(codesOf(away.report, 'zonekeeper'), ['ZK715', 'ZK720', 'ZK712']);

  await zonekeeper.webhook.start();
  await zonekeeper.untilCalled();
  const { code, report } = await check(cluster, '-n', 'shop');
  t.equal(code, 1);
  t.strictSame(codesOf(report, 'zonekeeper'), ['ZK712']);
  t.match(about(report, 'missed'), [
    { code: 'ZK217', level: 'error' },
    { code: 'ZK216', level: 'warning' },
  ]);
  t.match(setOf(report, 'missed'), { state: 'never-injected' });
  await zonekeeper.upgrade({ webhook: { failurePolicy: 'Fail' } });
});
