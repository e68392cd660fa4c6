import t, { type Test } from 'tap';
import { MARKER, OPTED_IN, type SetManifest, smallSet } from './support/manifests.ts';
import { accepted, markerOf, Sets, warned } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');

const SCHEDULER = 'csi-azuredisk-scheduler-extender';

const annotations = {
  ...OPTED_IN,
  'zonekeeper.io/profile': 'azuredisk-v2',
  'zonekeeper.io/fast-failover': '30s',
};

/** By all that a user could do to the marker of a set that is injected. */
const DAMAGES: Readonly<Record<string, string>> = {
  removed: `${MARKER}-`,
  emptied: `${MARKER}=`,
  'no JSON': `${MARKER}={`,
  'an empty object': `${MARKER}={}`,
  'of an unknown version': `${MARKER}={"v":2}`,
  'said to hold nothing': `${MARKER}={"v":1}`,
  'said to hold another class': `${MARKER}={"v":1,"claims":{"data":"forged"}}`,
  'said to hold another scheduler': `${MARKER}={"v":1,"scheduler":{"name":"forged"}}`,
};

/** The marker told all that was to be taken out. */
async function optsOut(t: Test, name: string): Promise<void> {
  accepted(t, await sets.apply(smallSet(name)), 'opt-out');
  const { spec } = (await sets.get(name)).spec.template;
  t.strictSame([spec.schedulerName, spec.tolerations], ['default-scheduler', undefined]);
}

async function damage(t: Test, index: number, change: string): Promise<void> {
  const name = `db-${index}`;
  const manifest = smallSet(name, annotations);
  accepted(t, await sets.apply(manifest), 'applied');
  const [before, stored] = [await sets.footprint(name), await sets.get(name)];
  accepted(t, await sets.annotate(name, change), change);
  t.strictSame(markerOf(await sets.get(name)), markerOf(stored), 'it is put back');
  accepted(t, await sets.apply(manifest), 'apply');
  t.strictSame(await sets.footprint(name), before, 'nothing else changes');
  await optsOut(t, name);
}

for (const [index, [what, change]] of Object.entries(DAMAGES).entries()) {
  t.test(`a marker that is ${what} by hand is put back`, (t) => damage(t, index, change));
}

t.test('a marker that was broken before the webhook saw it is made anew', async (t) => {
  const manifest = smallSet('broken', annotations);
  accepted(t, await sets.apply(manifest), 'applied');
  const [before, stored] = [await sets.footprint('broken'), await sets.get('broken')];
  await zonekeeper.upgrade({ webhook: { failurePolicy: 'Ignore' } });
  await zonekeeper.webhook.stop();
  accepted(t, await sets.annotate('broken', `${MARKER}=rubbish`), 'while nobody looks');
  t.equal((await sets.get('broken')).metadata.annotations?.[MARKER], 'rubbish');
  await zonekeeper.webhook.start();
  const outcome = await sets.apply(manifest);
  accepted(t, outcome, 'apply');
  t.ok(warned(outcome).includes('ZK218'), outcome.stderr);
  t.strictSame(await sets.footprint('broken'), before);
  t.match(markerOf(await sets.get('broken')), {
    claims: markerOf(stored)?.claims,
    scheduler: { name: SCHEDULER },
    failover: markerOf(stored)?.failover,
  });
  await optsOut(t, 'broken');
});

t.test('a forged marker takes nothing out of a set that was never injected', async (t) => {
  const own = smallSet('own');
  Object.assign(own.spec.template.spec, { schedulerName: 'own-scheduler' });
  accepted(t, await sets.apply(own), 'applied');
  const before = await sets.footprint('own');
  const forged = JSON.stringify({ v: 1, scheduler: { name: 'own-scheduler' } });
  accepted(t, await sets.annotate('own', `${MARKER}=${forged}`), 'forged');
  t.strictSame(await sets.footprint('own'), before);
  accepted(t, await sets.apply(own), 'apply');
  t.strictSame(await sets.footprint('own'), before);
  t.equal(markerOf(await sets.get('own')), undefined);
});

t.test('a copy of a live set is stored as the set is', async (t) => {
  accepted(t, await sets.apply(smallSet('first', annotations)), 'applied');
  const first = await sets.get('first');
  const { annotations: live } = first.metadata;
  const copy: SetManifest = { ...first, metadata: { name: 'copy', annotations: { ...live } } };
  accepted(t, await sets.create(copy), 'copied');
  const second = await sets.get('copy');
  t.strictSame(second.spec, first.spec);
  t.strictSame(markerOf(second), markerOf(first));
  accepted(t, await sets.apply(copy), 'applied');
  t.equal((await sets.get('copy')).metadata.generation, 1);
});

t.test('kubectl rollout undo brings back the revision as it was', async (t) => {
  const manifest = smallSet('undo', annotations);
  accepted(t, await sets.apply(manifest), 'applied');
  const first = await sets.footprint('undo');
  await zonekeeper.reloadWith({ 'azuredisk-v2': { schedulerName: 'later' } });
  const image = ['set', 'image', 'sts/undo', 'db=example.test/db:2'];
  accepted(t, await sets.kubectl(image), 'a new image');
  const second = await sets.footprint('undo');
  t.equal((await sets.get('undo')).spec.template.spec.schedulerName, 'later');

  accepted(t, await sets.kubectl(['rollout', 'undo', 'sts/undo']), 'undone');
  const undone = await sets.footprint('undo');
  t.strictSame(undone, { ...first, revisions: second.revisions });
  accepted(t, await sets.apply(manifest), 'apply');
  t.strictSame(await sets.footprint('undo'), undone, 'nothing rolls again');
});
