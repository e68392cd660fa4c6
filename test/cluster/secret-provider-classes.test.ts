import t from 'tap';
import { startKubelets } from './kubelets.ts';
import { createNodes } from './nodes.ts';
import { installSecretProviderClasses, type ProviderClass } from './support/secrets-store.ts';
import { asking, classOf, committed, VaultSets, vaultSet } from './support/vault-sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

const cluster = await startCluster(t);
await installSecretProviderClasses(cluster);
await createNodes(cluster.api, ['1']);
const kubelets = startKubelets(cluster.api);
t.teardown(() => kubelets.stop());
const zonekeeper = await installZonekeeper(t, cluster);

const EDITED = { keyvaultName: 'elsewhere', objects: 'array: []', added: 'by hand' };

t.test('a set gets its class, owned by it', async (t) => {
  const sets = await VaultSets.of(cluster, 'made');
  const set = await sets.create(vaultSet('db', 'password'));
  const made = await sets.class(classOf(set));
  t.match(made.metadata, {
    labels: { 'app.kubernetes.io/managed-by': 'zonekeeper' },
    ownerReferences: [
      { kind: 'StatefulSet', name: 'db', uid: (await sets.get('db')).metadata.uid },
    ],
  });
  t.match(made.spec, { provider: 'azure', parameters: { keyvaultName: 'contoso-prod' } });
  t.match(made.spec.parameters.objects, 'objectName: "password"');
});

t.test(
  'another list is another class, and the old one goes with the last of its users',
  async (t) => {
    const sets = await VaultSets.of(cluster, 'changed');
    const before = classOf(await sets.create(vaultSet('db', 'one', { revisionHistoryLimit: 0 })));
    await sets.settled(before);
    await podOf('changed', before);
    await sets.change('db', 'one, two');
    const after = classOf(await sets.get('db'));
    t.not(after, before);
    await podOf('changed', after);
    await sets.settled(after);
    t.equal((await sets.get('db')).metadata.generation, 2, 'one rollout');
  },
);

t.test('while an earlier revision can be gone back to, its class stays', async () => {
  const sets = await VaultSets.of(cluster, 'history');
  const before = classOf(await sets.create(vaultSet('db', 'one', { revisionHistoryLimit: 1 })));
  await podOf('history', before);
  await sets.change('db', 'two');
  const after = classOf(await sets.get('db'));
  await podOf('history', after);
  await sets.change('db', 'three');
  const last = classOf(await sets.get('db'));
  await podOf('history', last);
  await sets.settled(after, last);
});

t.test('with the set its class goes', async (t) => {
  const sets = await VaultSets.of(cluster, 'deleted');
  for (const policy of ['Background', 'Foreground']) {
    await sets.settled(classOf(await sets.create(vaultSet('db', 'password'))));
    await sets.delete('db', policy);
    await sets.settled();
    t.pass(policy);
  }
});

t.test('without the set a class stays for its pods, and belongs to the next set', async (t) => {
  const sets = await VaultSets.of(cluster, 'orphaned');
  const name = classOf(await sets.create(vaultSet('db', 'password')));
  await podOf('orphaned', name);
  await sets.delete('db', 'Orphan');
  await until('a class without owner', async () => (await ownersOf(sets, name)).length === 0);
  await sets.create(vaultSet('db', 'password'));
  const { uid } = (await sets.get('db')).metadata;
  await until('its new owner', async () => (await ownersOf(sets, name)).join() === uid);
  t.strictSame(await sets.classes(), [name]);
  await sets.delete('db', 'Orphan');
  await cluster.api.expect('DELETE', '/api/v1/namespaces/orphaned/pods/db-0');
  await sets.settled();
});

t.test('what is edited or deleted by hand comes back', async (t) => {
  const sets = await VaultSets.of(cluster, 'edited');
  const name = classOf(await sets.create(vaultSet('db', 'password')));
  const made = await sets.class(name);
  const labels = { 'app.kubernetes.io/managed-by': null, team: 'db' };
  await sets.touch('PATCH', name, { metadata: { labels }, spec: { parameters: EDITED } });
  await until('its content', async () => {
    const { spec } = await sets.class(name);
    return JSON.stringify(spec) === JSON.stringify(made.spec);
  });
  const { metadata } = await sets.class(name);
  t.match(metadata.labels, { 'app.kubernetes.io/managed-by': 'zonekeeper', team: 'db' });
  await sets.touch('PATCH', name, { metadata: { ownerReferences: null } });
  await until('its owner', async () => (await ownersOf(sets, name)).length === 1);
  await sets.touch('DELETE', name);
  await until('another object', async () => (await sets.class(name)).metadata.uid !== metadata.uid);
  t.same((await sets.class(name)).spec, made.spec);
});

t.test('a class of somebody else is never overwritten, and the set says so', async (t) => {
  const sets = await VaultSets.of(cluster, 'clashing');
  const wanted = committed(await sets.dryRun(vaultSet('db', 'password')));
  const { name } = wanted.metadata;
  const spec = { provider: 'azure', parameters: { keyvaultName: 'other' } };
  await sets.commit({ ...wanted, spec });
  await sets.create(vaultSet('db', 'password'));
  const event = await until('an Event', async () => {
    const all = await cluster.api.list<Event>('/apis/events.k8s.io/v1/namespaces/clashing/events');
    return all.find(({ reason }) => reason === 'SecretProviderClassConflict');
  });
  t.match(event, { type: 'Warning', regarding: { kind: 'StatefulSet', name: 'db' } });
  t.match(event.note, new RegExp(`^ZK601 SecretProviderClass "${name}" exists`));
  t.same((await sets.class(name)).spec, spec);
  await sets.touch('DELETE', name);
  await until('the right one', async () => (await ownersOf(sets, name)).length === 1);
});

t.test('an identical class that was committed beside the set stays as it is', async (t) => {
  const sets = await VaultSets.of(cluster, 'committed');
  const wanted = committed(await sets.dryRun(vaultSet('db', 'password')));
  await sets.commit(wanted);
  const before = await sets.class(wanted.metadata.name);
  await sets.create(vaultSet('db', 'password'));
  const other = await sets.create(vaultSet('other', 'password'));
  await sets.class(classOf(other));
  t.same(await sets.class(wanted.metadata.name), before);
  await sets.delete('db');
  await sets.delete('other');
  await sets.settled(wanted.metadata.name);
});

t.test('a dry run makes nothing', async (t) => {
  const sets = await VaultSets.of(cluster, 'dry');
  await sets.dryRun(vaultSet('db', 'password'));
  const stored = classOf(await sets.create(vaultSet('stored', 'password')));
  await sets.settled(stored);
  const body = { metadata: { annotations: asking('password, other') } };
  const url = '/apis/apps/v1/namespaces/dry/statefulsets/stored?dryRun=All';
  t.not(classOf(await cluster.api.expect('PATCH', url, { body })), stored);
  await sets.settled(classOf(await sets.create(vaultSet('last', 'password'))), stored);
});

t.test('nothing was complained of but the clash', async (t) => {
  await zonekeeper.webhook.stop();
  const codes = (await zonekeeper.webhook.complaints()) as unknown as { code?: string }[];
  t.strictSame(
    codes.filter(({ code }) => code !== 'ZK601'),
    [],
  );
});

type Event = {
  metadata: { name: string };
  reason: string;
  type: string;
  note: string;
  regarding: { kind: string; name: string };
};

async function ownersOf(sets: VaultSets, name: string): Promise<string[]> {
  const { metadata }: ProviderClass = await sets.class(name);
  return (metadata.ownerReferences ?? []).map(({ uid }) => uid);
}

/** Resolves when the set's pod runs with that class. */
async function podOf(namespace: string, name: string): Promise<void> {
  await until(`a pod with ${name}`, async () => {
    const path = `/api/v1/namespaces/${namespace}/pods/db-0`;
    const { status, body } = await cluster.api.request('GET', path);
    return status === 200 && JSON.stringify(body).includes(name);
  });
}
