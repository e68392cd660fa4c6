import t, { type Test } from 'tap';
import { INJECTION_CASES } from './support/injection-cases.ts';
import {
  annotated,
  OPTED_IN,
  type SetManifest,
  smallSet,
  withPodSpec,
} from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');
const untouched = await Sets.of(cluster, 'untouched');

async function staysTheSame(t: Test, manifest: SetManifest): Promise<void> {
  const { name } = manifest.metadata;
  const [before, { metadata }] = [await sets.footprint(name), await sets.get(name)];
  for (const [what, write] of Object.entries({
    'client-side apply': () => sets.apply(manifest),
    'server-side apply': () => sets.apply(manifest, '--server-side', '--force-conflicts'),
    replace: () => sets.replace(manifest),
  })) {
    accepted(t, await write(), what);
    t.strictSame(await sets.footprint(name), before, `${what} changes nothing`);
  }
  t.equal((await sets.get(name)).metadata.generation, metadata.generation);
}

const cases = Object.entries(INJECTION_CASES).map(([title, { asked, own, inject }], index) => {
  const keys = Object.entries(asked).map(([key, value]) => [`zonekeeper.io/${key}`, value]);
  const name = `db-${index}`;
  const bare = withPodSpec(smallSet(name), own);
  const manifest = annotated(bare, { ...OPTED_IN, ...Object.fromEntries(keys) });
  return { title, name, bare, manifest, inject };
});

for (const { title, name, bare, manifest, inject } of cases) {
  t.test(`${title}: stored as asked, and kept by every write`, async (t) => {
    accepted(t, await untouched.create(bare), 'without annotations');
    const { template } = structuredClone((await untouched.get(name)).spec);
    inject(template.spec);
    accepted(t, await sets.apply(manifest), 'annotated');
    t.strictSame((await sets.get(name)).spec.template, template);
    await staysTheSame(t, manifest);
  });
}

t.test('other defaults come into force without a restart of the webhook', async (t) => {
  await zonekeeper.reloadWith({
    default: { schedulerName: 'later' },
    'azuredisk-v2': { schedulerName: 'later' },
  });
  t.pass();
});

for (const { title, name, bare, manifest } of cases) {
  t.test(`${title}: kept under other defaults, and gone without a trace`, async (t) => {
    await staysTheSame(t, manifest);
    accepted(t, await sets.replace(bare), 'opt-out');
    const { spec } = await untouched.get(name);
    t.strictSame((await sets.get(name)).spec.template, spec.template);
  });
}

t.test('a changed wish replaces the old one, and rolls once', async (t) => {
  const at = (seconds: string) =>
    smallSet('wish', { ...OPTED_IN, 'zonekeeper.io/fast-failover': seconds });
  accepted(t, await sets.apply(at('30s')), '30 s');
  const before = await sets.footprint('wish');
  accepted(t, await sets.apply(at('60s')), '60 s');
  const after = await sets.footprint('wish');
  t.equal(after.revisions.length, before.revisions.length + 1);
  const { tolerations } = (await sets.get('wish')).spec.template.spec;
  t.strictSame(
    tolerations?.map(({ tolerationSeconds }) => tolerationSeconds),
    [60, 60],
  );
});
