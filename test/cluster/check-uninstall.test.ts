import t from 'tap';
import { parse } from 'yaml';
import { about, check, codesOf, createDrivers, errorsOf } from './support/check.ts';
import { OPTED_IN, type SetManifest, smallSet } from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');
await createDrivers(cluster);

/** The manifest with the lines put in, claim template by claim template. */
function withLines(manifest: SetManifest, lines: readonly string[]): SetManifest {
  const wanted: SetManifest = parse(lines.join('\n'));
  const volumeClaimTemplates = manifest.spec.volumeClaimTemplates.map((claim) => {
    const { metadata } = claim;
    const own = wanted.spec.volumeClaimTemplates.find((one) => one.metadata.name === metadata.name);
    return { ...claim, spec: { ...claim.spec, ...own?.spec } };
  });
  return { ...manifest, spec: { ...manifest.spec, volumeClaimTemplates } };
}

t.test('before an uninstall it gives the lines without which nothing can be applied', async (t) => {
  const [client, server] = [smallSet('apply', OPTED_IN), smallSet('server-side', OPTED_IN)];
  const named = withLines(smallSet('named', OPTED_IN), [
    'spec: {volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: zonekeeper-zrs}}]}',
  ]);
  accepted(t, await sets.apply(client), 'client-side apply');
  accepted(t, await sets.apply(server, '--server-side'), 'server-side apply');
  accepted(t, await sets.apply(named), 'a manifest that names its class');

  const { code, report } = await check(cluster, '--before-uninstall');
  t.equal(code, 1);
  t.match(about(report, 'apply'), [{ code: 'ZK742', level: 'error' }]);
  t.match(about(report, 'server-side'), [{ code: 'ZK743', level: 'warning' }]);
  t.strictSame(codesOf(report, 'named'), []);

  const before = await sets.footprint('apply');
  const lines = about(report, 'apply')[0]?.lines ?? [];
  accepted(t, await sets.apply(withLines(client, lines)), 'with the lines, before it is gone');
  t.strictSame(await sets.footprint('apply'), before, 'nothing changes');
  t.strictSame(codesOf((await check(cluster, '--before-uninstall')).report, 'apply'), []);

  await zonekeeper.uninstall();
  const refusal = /updates to statefulset spec for fields other than/;
  for (const manifest of [client, server]) {
    const args = manifest === server ? ['--server-side'] : [];
    const bare = await sets.apply(manifest, ...args);
    t.match(bare, { code: 1, stderr: refusal }, `${manifest.metadata.name} needs them`);
    const [found] = about(report, manifest.metadata.name);
    const completed = withLines(manifest, found?.lines ?? []);
    accepted(t, await sets.apply(completed, ...args), `${manifest.metadata.name} with them`);
  }
  accepted(t, await sets.apply(named), 'and none where none were given');
});

t.test('where zonekeeper is not installed, that is all that is said of it', async (t) => {
  const { code, report } = await check(cluster, '-n', 'default');
  t.equal(code, 1);
  t.strictSame(errorsOf(report), ['ZK710']);
});
