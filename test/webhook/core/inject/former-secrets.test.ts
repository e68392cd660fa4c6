import t from 'tap';
import {
  formerSecrets,
  stripFormerSecrets,
} from '../../../../webhook/core/inject/former-secrets.ts';
import { entriesOf, injectSecrets } from '../../../../webhook/core/inject/secrets.ts';
import type { PodSpec, Volume } from '../../../../webhook/core/statefulset.ts';

const BARE: PodSpec = { containers: [{ name: 'app' }] };
const bare = () => BARE;
const named = (classes: readonly string[]) =>
  classes.map((name) => ({ class: name, folder: name }));
const TODAY = entriesOf(named(['vault']), '/mnt/secrets-store');

function injected(classes: readonly string[], path = '/mnt/secrets-store', given = BARE): PodSpec {
  return injectSecrets(
    given,
    { entries: entriesOf(named(classes), path), containers: undefined },
    [],
  ).spec;
}

t.test('volumes of an earlier revision go with their mounts, whatever their paths', async (t) => {
  for (const spec of [injected(['old'], '/etc/old'), injected(['a', 'b.c'])]) {
    t.same(stripFormerSecrets(spec, bare, TODAY), BARE);
  }
  t.same(formerSecrets(injected(['a', 'b']), bare, TODAY), [
    'zonekeeper-secrets-a',
    'zonekeeper-secrets-b',
  ]);
});

t.test('volumes of today stay for the marker to take out', async (t) => {
  const spec = injected(['vault']);
  t.equal(stripFormerSecrets(spec, bare, TODAY), spec);
});

t.test('a volume that the stored template holds itself is the user’s', async (t) => {
  const spec = injected(['old']);
  t.equal(
    stripFormerSecrets(spec, () => spec, TODAY),
    spec,
  );
});

t.test('what zonekeeper would not have put in so is the user’s', async (t) => {
  const [volume] = injected(['old']).volumes ?? [];
  if (volume?.csi === undefined) throw new Error('no volume');
  const own: readonly Volume[] = [
    { name: 'zonekeeper-secrets' },
    { ...volume, name: 'my-secrets' },
    { ...volume, csi: { ...volume.csi, driver: 'disk.csi.azure.com' } },
    { ...volume, csi: { ...volume.csi, readOnly: false } },
    { ...volume, csi: { driver: volume.csi.driver ?? '', readOnly: true } },
    { ...volume, csi: { ...volume.csi, volumeAttributes: { secretProviderClass: 'old', x: 'y' } } },
  ];
  for (const one of own) t.same(formerSecrets({ ...BARE, volumes: [one] }, bare, TODAY), []);
});

t.test('a mount that the stored template has itself stays', async (t) => {
  const byHand = { name: 'zonekeeper-secrets', readOnly: true, mountPath: '/etc/x' };
  const own = { containers: [{ name: 'app', volumeMounts: [byHand] }] };
  t.same(
    stripFormerSecrets(injected(['old'], '/etc/old', own), () => own, TODAY),
    own,
  );
});
