import t, { type Test } from 'tap';
import type { Outcome } from '../support/run.ts';
import { annotated, MARKER, mysql, OPTED_IN, type SetManifest } from './support/manifests.ts';
import { accepted, markerOf, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const CLASS = 'azuredisk-standard-ssd-zrs-replicas';
const SCHEDULER = 'csi-azuredisk-scheduler-extender';

const cluster = await startCluster(t);
await installZonekeeper(t, cluster);

const bare = await mysql();
const injected = annotated(bare, { ...OPTED_IN, 'zonekeeper.io/profile': 'azuredisk-v2' });
const off = annotated(bare, { 'zonekeeper.io/inject': 'false' });

const untouched = await Sets.of(cluster, 'untouched');
await untouched.create(bare);
/** How Kubernetes stores the template if zonekeeper never saw it. */
const { template: BARE_TEMPLATE } = await untouched.footprint('mysql');

/** Each begins with the same words as `kubectl apply` or `apply --server-side`, whichever made the set. */
const WAYS: Readonly<Record<string, (sets: Sets) => Promise<Outcome>>> = {
  'applying the manifest without the annotations': (sets) => sets.apply(bare),
  'applying inject: "false"': (sets) => sets.apply(off),
  'replacing it by the bare manifest': (sets) => sets.replace(bare),
  'replacing it by one with inject: "false"': (sets) => sets.replace(off),
  'kubectl annotate inject=false': (sets) => sets.annotate('mysql', 'zonekeeper.io/inject=false'),
  'kubectl annotate inject-': (sets) => sets.annotate('mysql', 'zonekeeper.io/inject-'),
  'removing every annotation': (sets) =>
    sets.kubectl([
      'patch',
      'statefulset',
      'mysql',
      '--type=merge',
      '--patch={"metadata":{"annotations":null}}',
    ]),
};

async function isClean(t: Test, sets: Sets): Promise<void> {
  const { template, claims } = await sets.footprint('mysql');
  t.strictSame(template, BARE_TEMPLATE, 'the template is as if it had never been injected');
  t.equal(claims[0]?.spec.storageClassName, CLASS, 'the class stays');
  const marker = markerOf(await sets.get('mysql'));
  t.strictSame(marker, { v: 1, claims: { data: CLASS } }, 'the marker remembers the class alone');
}

/** Every way to write the bare manifest, none of which may be refused or change anything. */
async function takesBareManifest(t: Test, sets: Sets): Promise<void> {
  const before = await sets.footprint('mysql');
  const ssa = ['--server-side', '--force-conflicts'];
  for (const [what, write] of Object.entries({
    'client-side apply': () => sets.apply(bare),
    'server-side apply': () => sets.apply(bare, ...ssa),
    'server-side apply by another manager': () => sets.apply(bare, ...ssa, '--field-manager=argo'),
    replace: () => sets.replace(bare),
    'client-side apply after all': () => sets.apply(bare),
  })) {
    accepted(t, await write(), what);
    t.strictSame(await sets.footprint('mysql'), before, `${what} changes nothing`);
  }
  await isClean(t, sets);
}

async function optsInAgain(t: Test, sets: Sets, manifest: SetManifest): Promise<void> {
  const before = await sets.footprint('mysql');
  accepted(t, await sets.apply(manifest, '--server-side', '--force-conflicts'), 'opting in again');
  const stored = await sets.get('mysql');
  t.equal(stored.spec.template.spec.schedulerName, SCHEDULER);
  t.match(markerOf(stored), { profile: 'azuredisk-v2', scheduler: { name: SCHEDULER } });
  const { claims, revisions } = await sets.footprint('mysql');
  t.strictSame(claims, before.claims);
  t.equal(revisions.length, before.revisions.length, 'back to the template that it had');
  accepted(t, await sets.apply(manifest), 'the same once more');
  t.equal((await sets.get('mysql')).metadata.generation, stored.metadata.generation);
}

for (const [index, [way, optOut]] of Object.entries(WAYS).entries()) {
  t.test(`${way} opts out`, async (t) => {
    const sets = await Sets.of(cluster, `out-${index}`);
    accepted(t, await sets.apply(injected), 'applied');
    accepted(t, await optOut(sets), way);
    await isClean(t, sets);
    await takesBareManifest(t, sets);
    await optsInAgain(t, sets, injected);
  });
}

t.test('server-side apply without the annotations opts out', async (t) => {
  const sets = await Sets.of(cluster, 'server-side');
  const args = ['--server-side', '--field-manager=flux'];
  accepted(t, await sets.apply(injected, ...args), 'applied');
  accepted(t, await sets.apply(bare, ...args), 'without the annotations');
  await isClean(t, sets);
  accepted(t, await sets.apply(bare, ...args), 'once more, without force');
  await takesBareManifest(t, sets);
  await optsInAgain(t, sets, injected);
});

t.test('the memory of the class cannot be lost', async (t) => {
  const sets = await Sets.of(cluster, 'memory');
  accepted(t, await sets.apply(injected), 'applied');
  accepted(t, await sets.apply(bare), 'opted out');
  accepted(t, await sets.annotate('mysql', `${MARKER}-`), 'the marker removed by hand');
  await isClean(t, sets);
  accepted(t, await sets.apply(bare), 'the bare manifest');
});

t.test(
  'a set that is deleted and made again after an opt-out chooses its class itself',
  async (t) => {
    const sets = await Sets.of(cluster, 'again');
    accepted(t, await sets.apply(injected), 'applied');
    accepted(t, await sets.apply(bare), 'opted out');
    accepted(t, await sets.kubectl(['delete', 'sts', 'mysql', '--wait']), 'deleted');
    accepted(t, await sets.apply(bare), 'made again');
    const { claims } = await sets.footprint('mysql');
    t.equal(claims[0]?.spec.storageClassName, undefined);
  },
);
