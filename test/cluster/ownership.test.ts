import t, { type Test } from 'tap';
import { annotated, OPTED_IN, type SetManifest, smallSet } from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);

const bare = smallSet('db');
bare.spec.template.spec.tolerations = [{ key: 'db', operator: 'Exists' }];
const injected = annotated(bare, {
  ...OPTED_IN,
  'zonekeeper.io/profile': 'azuredisk-v2',
  'zonekeeper.io/fast-failover': '30s',
});

type Entry = { manager: string; operation: string; fieldsV1: { 'f:spec'?: object } };

/** Who owns what of the spec, without saying when it was written. */
async function owners(sets: Sets): Promise<object> {
  const args = ['get', 'sts', 'db', '-o', 'json', '--show-managed-fields'];
  const { metadata } = JSON.parse((await sets.kubectl(args)).stdout);
  const entries: Entry[] = metadata.managedFields;
  return entries
    .map(({ manager, operation, fieldsV1 }) => ({ manager, operation, spec: fieldsV1['f:spec'] }))
    .filter(({ spec }) => spec !== undefined);
}

/** Server-side apply by one manager who never has to force, whatever others write in between. */
async function sharesPeacefully(t: Test, sets: Sets, manifest: SetManifest): Promise<void> {
  const apply = () => sets.apply(manifest, '--server-side', '--field-manager=team');
  accepted(t, await apply(), 'server-side apply');
  const before = await owners(sets);
  for (const [what, write] of Object.entries({
    'client-side apply': () => sets.apply(manifest),
    replace: () => sets.replace(manifest),
    'replace by what is stored': async () => sets.replace(await sets.get('db')),
  })) {
    accepted(t, await write(), what);
    t.strictSame(await owners(sets), before, `${what} takes nothing over`);
    accepted(t, await apply(), `server-side apply after ${what}`);
  }
}

t.test('without zonekeeper, a manifest that is stored already takes nothing over', async (t) => {
  await sharesPeacefully(t, await Sets.of(cluster, 'bare'), bare);
});

t.test('with it neither, though it comes without the injection', async (t) => {
  await sharesPeacefully(t, await Sets.of(cluster, 'injected'), injected);
});

t.test('nor after the defaults have changed, nor after an opt-out', async (t) => {
  const sets = await Sets.of(cluster, 'later');
  accepted(t, await sets.apply(injected, '--server-side', '--field-manager=team'), 'apply');
  await zonekeeper.reloadWith({ 'azuredisk-v2': { schedulerName: 'later' } });
  await sharesPeacefully(t, sets, injected);
  await sharesPeacefully(t, sets, bare);
});

t.test('who changes the template owns what was changed', async (t) => {
  const sets = await Sets.of(cluster, 'changed');
  const apply = () => sets.apply(injected, '--server-side', '--field-manager=team');
  accepted(t, await apply(), 'apply');
  accepted(t, await sets.kubectl(['set', 'image', 'sts/db', 'db=other:1']), 'another image');
  const refused = await apply();
  t.equal(refused.code, 1);
  t.match(refused.stderr, /conflict with "kubectl-set".*\.image/s);
});
