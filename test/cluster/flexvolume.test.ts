import t from 'tap';
import { flexVolume } from '../support/flexvolume.ts';
import { annotated, OPTED_IN, smallSet, withPodSpec } from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');
const bare = withPodSpec(smallSet('legacy'), {
  volumes: [{ name: 'creds', flexVolume: flexVolume() }],
});
const manifest = annotated(bare, OPTED_IN);

t.test('a FlexVolume is stored as a CSI volume of its name', async (t) => {
  accepted(t, await sets.apply(manifest), 'client-side apply');
  const { volumes } = (await sets.get('legacy')).spec.template.spec;
  t.match(volumes, [{ name: 'creds', csi: { driver: 'secrets-store.csi.k8s.io' } }]);
  t.notOk(JSON.stringify(volumes).includes('azure/kv'));
});

t.test(
  'the manifest that still holds the FlexVolume changes nothing, whatever applies it',
  async (t) => {
    const before = await sets.footprint('legacy');
    for (const [what, write] of Object.entries({
      'client-side apply': () => sets.apply(manifest),
      'server-side apply': () => sets.apply(manifest, '--server-side', '--force-conflicts'),
      'the same again': () => sets.apply(manifest, '--server-side', '--force-conflicts'),
      replace: () => sets.replace(manifest),
    })) {
      accepted(t, await write(), what);
      t.strictSame(await sets.footprint('legacy'), before, what);
    }
  },
);

t.test('an opt-out gives the FlexVolume back', async (t) => {
  accepted(t, await sets.replace(bare), 'opt-out');
  const { volumes } = (await sets.get('legacy')).spec.template.spec;
  t.match(volumes, [{ name: 'creds', flexVolume: { driver: 'azure/kv' } }]);
  t.notOk(JSON.stringify(volumes).includes('secrets-store'));
});
