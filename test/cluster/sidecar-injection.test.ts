import t, { type Test } from 'tap';
import type { ApiObject } from './api.ts';
import {
  annotated,
  type Container,
  OPTED_IN,
  type PodSpec,
  type SetManifest,
  smallSet,
  withPodSpec,
} from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { SIDECAR_CASES, sidecarWith, VAULT } from './support/sidecar-cases.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';
import { until } from './until.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');
const untouched = await Sets.of(cluster, 'untouched');

const cases = Object.entries(SIDECAR_CASES).map(([title, { asked, own = {}, ...expected }], at) => {
  const name = `db-${at}`;
  const bare = withPodSpec(smallSet(name), own);
  return { title, name, bare, manifest: annotated(bare, { ...OPTED_IN, ...asked }), ...expected };
});

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
  t.equal((await sets.get(name)).metadata.generation, metadata.generation, 'no rollout');
}

for (const { title, name, bare, manifest, sidecar, db } of cases) {
  t.test(`${title}: stored as it was written, and kept by every write`, async (t) => {
    accepted(t, await untouched.create(bare), 'without annotations');
    accepted(t, await sets.apply(manifest), 'annotated');
    const { spec } = (await sets.get(name)).spec.template;
    t.strictSame(spec.initContainers?.[0], sidecarWith(sidecar));
    t.equal(spec.initContainers?.length, 1 + (bare.spec.template.spec.initContainers?.length ?? 0));
    const [stored, own] = [spec.containers[0], bare.spec.template.spec.containers[0]];
    t.strictSame(stored?.env ?? [], [...(db.env as []), ...((own?.env as []) ?? [])]);
    t.strictSame(stored?.volumeMounts?.slice(1), db.mounts);
    await staysTheSame(t, manifest);
  });
}

t.test('a new image of the sidecar comes into force without a restart', async (t) => {
  await zonekeeper.reloadWith({ default: { sidecar: { image: 'example.test/sidecar:2' } } });
  t.pass();
});

for (const { title, name, bare, manifest } of cases) {
  t.test(`${title}: kept beside a newer image, and gone without a trace`, async (t) => {
    await staysTheSame(t, manifest);
    accepted(t, await sets.replace(bare), 'opt-out');
    const { spec } = await untouched.get(name);
    t.strictSame((await sets.get(name)).spec.template, spec.template);
  });
}

t.test(
  'the next change of the template brings the newer image, undoing it the older',
  async (t) => {
    const manifest = smallSet('rolled', { ...OPTED_IN, ...VAULT });
    const image = async () =>
      (await sets.get('rolled')).spec.template.spec.initContainers?.[0]?.image;
    accepted(t, await sets.apply(manifest), 'applied');
    t.equal(await image(), 'example.test/sidecar:2');
    await zonekeeper.reloadWith({ default: { sidecar: { image: 'example.test/sidecar:3' } } });
    accepted(
      t,
      await sets.kubectl(['set', 'image', 'sts/rolled', 'db=example.test/db:2']),
      'image',
    );
    t.equal(await image(), 'example.test/sidecar:3');
    accepted(t, await sets.kubectl(['rollout', 'undo', 'sts/rolled']), 'undone');
    t.equal(await image(), 'example.test/sidecar:3', 'of which there is one, the configured');
    t.equal((await sets.get('rolled')).spec.template.spec.initContainers?.length, 1);
  },
);

t.test('an undone rollout brings back no sidecar that nobody asks for any more', async (t) => {
  const at = (annotations: Readonly<Record<string, string>>) =>
    smallSet('undone', { ...OPTED_IN, ...VAULT, ...annotations });
  const kubernetes = { 'zonekeeper.io/env': 'A=a', 'zonekeeper.io/env-delivery': 'kubernetes' };
  accepted(t, await sets.apply(at(kubernetes)), 'with variables of the kubelet');
  accepted(t, await sets.apply(at({ 'zonekeeper.io/sidecar': 'false' })), 'without a sidecar');
  const before = (await sets.get('undone')).spec.template;
  accepted(t, await sets.kubectl(['rollout', 'undo', 'sts/undone']), 'undone');
  t.strictSame((await sets.get('undone')).spec.template, before);
});

/** A set that Pod Security `restricted` accepts. */
function restricted(name: string): SetManifest {
  const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
  const db: Container = {
    name: 'db',
    image: 'example.test/db:1',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const given = smallSet(name, { ...OPTED_IN, ...VAULT });
  return withPodSpec(given, { securityContext, containers: [db] });
}

t.test('a namespace with Pod Security restricted takes the set and its pods', async (t) => {
  const strict = await Sets.of(cluster, 'strict');
  const body = { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } };
  await cluster.api.expect('PATCH', '/api/v1/namespaces/strict', { body });
  const created = await strict.create(restricted('db'));
  accepted(t, created, 'created');
  t.notMatch(created.stderr, /PodSecurity/);
  const pod = await until('the pod is made', async () => {
    const all = await cluster.api.list<Pod>('/api/v1/namespaces/strict/pods');
    return all.find(({ metadata }) => metadata.name === 'db-0');
  });
  const [sidecar] = pod.spec.initContainers ?? [];
  const mounted = (one: Container | undefined) => one?.volumeMounts?.map(({ name }) => name);
  t.match(pod.spec.containers[0]?.volumeMounts?.at(-1)?.name, /^kube-api-access-/);
  t.strictSame(
    mounted(sidecar),
    ['zonekeeper-secrets', 'zonekeeper-env', 'zonekeeper-env'],
    'the sidecar gets no token of the service account',
  );
});

type Pod = ApiObject & { spec: PodSpec };
