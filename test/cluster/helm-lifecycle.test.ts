import t, { type Test } from 'tap';
import type { ApiObject } from './api.ts';
import { RELEASE, WEBHOOK_CONFIGURATION } from './support/installation.ts';
import { OPTED_IN, smallSet } from './support/manifests.ts';
import { accepted, markerOf, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

type Configuration = ApiObject & {
  metadata: { managedFields: { manager: string; operation: string; fieldsV1: object }[] };
  webhooks: { timeoutSeconds: number; clientConfig: { caBundle?: string } }[];
};

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');

async function caBundle(): Promise<string | undefined> {
  const { webhooks } = await cluster.api.expect<Configuration>('GET', WEBHOOK_CONFIGURATION);
  return webhooks[0]?.clientConfig.caBundle;
}

async function timeout(): Promise<number | undefined> {
  const { webhooks } = await cluster.api.expect<Configuration>('GET', WEBHOOK_CONFIGURATION);
  return webhooks[0]?.timeoutSeconds;
}

/** The webhook injects, by what its configuration says now. */
async function injects(t: Test, name: string, className: string): Promise<void> {
  accepted(t, await sets.apply(smallSet(name, OPTED_IN)), name);
  t.strictSame(markerOf(await sets.get(name))?.claims, { data: className });
  accepted(t, await sets.apply(smallSet(name, OPTED_IN)), `${name} again`);
}

async function livesThrough(t: Test, mode: string): Promise<void> {
  const bundle = await caBundle();
  t.ok(bundle, 'the webhook has written its CA');
  await injects(t, `installed-${mode}`, 'zonekeeper-zrs');

  await zonekeeper.upgrade({ webhook: { timeoutSeconds: 7 } });
  t.strictSame([await timeout(), await caBundle()], [7, bundle], 'upgrade');
  await zonekeeper.reloadWith({ default: { storageClassName: 'upgraded' } });
  await injects(t, `upgraded-${mode}`, 'upgraded');

  await rollBack(t);
  t.strictSame([await timeout(), await caBundle()], [5, bundle], 'rollback');
  await injects(t, `rolled-back-${mode}`, 'zonekeeper-zrs');
  await zonekeeper.upgrade({ webhook: {}, config: {} }); // What later tests start from.
}

/** To the first revision of the release. */
async function rollBack(t: Test): Promise<void> {
  const args = ['rollback', RELEASE, '1', '--namespace', 'zk-system'];
  const outcome = await cluster.helm(args);
  t.equal(outcome.code, 0, outcome.stderr);
  await zonekeeper.reload();
}

t.test('installed by server-side apply, upgraded and rolled back, it never stops injecting', (t) =>
  livesThrough(t, 'ssa'),
);

t.test('the webhook owns its caBundle, and nothing else of the configuration', async (t) => {
  const { metadata } = await cluster.api.expect<Configuration>('GET', WEBHOOK_CONFIGURATION);
  const ours = metadata.managedFields.filter(({ fieldsV1 }) =>
    JSON.stringify(fieldsV1).includes('f:caBundle'),
  );
  t.equal(ours.length, 1);
  const leaves = JSON.stringify(ours[0]?.fieldsV1).match(/"f:[^"]+":\{\}/g);
  t.strictSame(leaves, ['"f:caBundle":{}', '"f:name":{}'], 'and the key of the webhook’s entry');
});

t.test('a caBundle that somebody destroys is written again', async (t) => {
  const bundle = await caBundle();
  const { code, stderr } = await cluster.kubectl([
    'patch',
    'mutatingwebhookconfiguration',
    RELEASE,
    '--type=json',
    '--patch=[{"op":"remove","path":"/webhooks/0/clientConfig/caBundle"}]',
  ]);
  t.equal(code, 0, stderr);
  await zonekeeper.untilCalled();
  t.equal(await caBundle(), bundle);
});

t.test('a configuration that cannot be read leaves the old one in force', async (t) => {
  const good = async () =>
    (await zonekeeper.webhook.metrics()).get('zonekeeper_config_last_reload_successful');
  await zonekeeper.deliverText('profiles: [');
  await until('it is refused', async () => (await good()) === 0);
  await injects(t, 'unreadable', 'zonekeeper-zrs');
  await zonekeeper.deliver();
  await until('it is accepted', async () => (await good()) === 1);
});

t.test('after uninstall, an injected set is Kubernetes’ own affair', async (t) => {
  await zonekeeper.uninstall();
  const manifest = smallSet('installed-ssa', OPTED_IN);
  const again = await sets.apply(manifest);
  t.equal(again.code, 1);
  t.match(again.stderr, 'updates to statefulset spec for fields other than');
  const live = await sets.get('installed-ssa');
  accepted(t, await sets.replace(live), 'with its class named, it is accepted');
  accepted(t, await sets.create(smallSet('uninstalled', OPTED_IN)), 'a new one');
  t.equal(markerOf(await sets.get('uninstalled')), undefined);
});

t.test('installed again, by client-side apply, it takes up where it was', async (t) => {
  await zonekeeper.install('--server-side=false');
  await injects(t, 'installed-ssa', 'zonekeeper-zrs');
  await livesThrough(t, 'csa');
});
