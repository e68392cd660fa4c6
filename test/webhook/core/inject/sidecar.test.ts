import t from 'tap';
import type { SidecarPlan } from '../../../../webhook/core/environment/plan.ts';
import {
  injectSidecar,
  isSidecar,
  keptSidecar,
  type Surroundings,
  stripSidecar,
} from '../../../../webhook/core/inject/sidecar.ts';
import { sidecarSettings } from '../../../../webhook/core/sidecar-settings.ts';
import type { Container, PodSpec, Volume } from '../../../../webhook/core/statefulset.ts';

const PLAN: SidecarPlan = {
  image: 'zonekeeper/sidecar:1',
  settings: sidecarSettings.parse({}),
  arguments: ['--mount=/s'],
  restarts: false,
  verify: undefined,
};
const IDENTITY = { clientId: 'client', tenantId: 'tenant', authority: undefined };
const VERIFYING = { ...PLAN, verify: { arguments: ['--verify'], identity: IDENTITY } };
const MOUNT = { volume: 'zonekeeper-secrets', class: 'vault', path: '/s' };
const BESIDE: Surroundings = { mounts: [MOUNT], labels: {}, claimNames: ['data'] };
const BARE: PodSpec = { containers: [{ name: 'app' }] };
const LABELLED = { ...BESIDE, labels: { 'azure.workload.identity/use': 'true' } };

type Made = Container & Readonly<Record<string, unknown>>;

function sidecarIn({ initContainers }: PodSpec): Made {
  const [first] = initContainers ?? [];
  if (first === undefined || !isSidecar(first)) throw new Error('no sidecar');
  return first as Made;
}

t.test('it comes before the init containers, and its volume after the others', async (t) => {
  const given = { ...BARE, initContainers: [{ name: 'init' }], volumes: [{ name: 'config' }] };
  const { spec, entry, denials, warnings } = injectSidecar(given, PLAN, BESIDE);
  t.match(entry, { of: /^[0-9a-f]{8}$/ });
  t.same([denials, warnings], [[], []]);
  t.same(
    spec.initContainers?.map(({ name }) => name),
    ['zonekeeper-sidecar', 'init'],
  );
  t.same(spec.volumes?.slice(1), [
    { name: 'zonekeeper-env', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
  ]);
  t.same(spec.containers, given.containers);
  t.same(stripSidecar(spec, {}), given);
  const alone = injectSidecar(BARE, PLAN, BESIDE).spec;
  t.same(stripSidecar(alone, {}), BARE, 'and leaves no empty list');
});

t.test('image, policy and resources are the profile’s', async (t) => {
  const settings = sidecarSettings.parse({
    imagePullPolicy: 'Always',
    requests: { cpu: '100m', memory: '100Mi' },
    limits: {},
  });
  const { spec } = injectSidecar(BARE, { ...PLAN, image: 'own:2', settings }, BESIDE);
  t.match(sidecarIn(spec), {
    image: 'own:2',
    args: ['--mount=/s'],
    imagePullPolicy: 'Always',
  });
  t.same(sidecarIn(spec).resources, { requests: { cpu: '100m', memory: '100Mi' } });
});

t.test('it restarts the pod only where that is asked for', async (t) => {
  t.notOk('restartPolicyRules' in sidecarIn(injectSidecar(BARE, PLAN, BESIDE).spec));
  const { spec } = injectSidecar(BARE, { ...PLAN, restarts: true }, BESIDE);
  const rule = { action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } };
  t.same(sidecarIn(spec).restartPolicyRules, [rule]);
});

t.test('to verify it signs in by a token of its own', async (t) => {
  const { spec, entry, warnings } = injectSidecar(BARE, VERIFYING, BESIDE);
  t.match([entry, warnings], [{ token: true }, []]);
  const sidecar = sidecarIn(spec);
  t.same(sidecar.args, ['--mount=/s', '--verify']);
  t.same(sidecar.env, [
    { name: 'AZURE_CLIENT_ID', value: 'client' },
    { name: 'AZURE_TENANT_ID', value: 'tenant' },
    {
      name: 'AZURE_FEDERATED_TOKEN_FILE',
      value: '/var/run/secrets/zonekeeper/azure-identity-token',
    },
  ]);
  t.equal(sidecar.volumeMounts?.at(-1)?.name, 'zonekeeper-token');
  t.match(spec.volumes?.at(-1), {
    projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange' } }] },
  });
  t.same(stripSidecar(spec, { token: true }), BARE);
});

t.test('another cloud signs in elsewhere', async (t) => {
  const authority = 'https://login.microsoftonline.us/';
  const verify = { arguments: ['--verify'], identity: { ...IDENTITY, authority } };
  const { spec } = injectSidecar(BARE, { ...PLAN, verify }, BESIDE);
  t.same(sidecarIn(spec).env?.[0], { name: 'AZURE_AUTHORITY_HOST', value: authority });
});

t.test('a template that asks workload identity itself gets no second token', async (t) => {
  const { spec, entry } = injectSidecar(BARE, VERIFYING, LABELLED);
  t.notOk('token' in (entry ?? {}));
  t.same(sidecarIn(spec).args, ['--mount=/s', '--verify']);
  t.notOk('env' in sidecarIn(spec));
});

t.test('where nothing can be verified that is said, and nothing is tried', async (t) => {
  const nobody = { ...PLAN, verify: { arguments: ['--verify'], identity: undefined } };
  const nothing = { ...PLAN, verify: { arguments: [], identity: IDENTITY } };
  for (const [plan, beside] of [
    [nobody, BESIDE],
    [nothing, BESIDE],
    [nothing, LABELLED],
  ] as const) {
    const { spec, entry, warnings } = injectSidecar(BARE, plan, beside);
    t.notOk('token' in (entry ?? {}));
    t.match(warnings, [{ code: 'ZK242' }]);
    t.same(sidecarIn(spec).args, ['--mount=/s']);
  }
  t.same(injectSidecar(BARE, nobody, LABELLED).warnings, []);
});

t.test('a volume that is not as it was put in stays', async (t) => {
  const own: Volume = { name: 'zonekeeper-env', emptyDir: {} };
  t.same(stripSidecar({ ...BARE, volumes: [own] }, { token: true }).volumes, [own]);
  const token: Volume = { name: 'zonekeeper-token', projected: {} };
  t.same(stripSidecar({ ...BARE, volumes: [token] }, {}).volumes, [token]);
  const plain = { ...BARE, initContainers: [{ name: 'zonekeeper-sidecar' }] };
  t.equal(stripSidecar(plain, {}), plain, 'nor does an init container that ends');
});

t.test('a sidecar that is kept is put in again as it stands', async (t) => {
  const { spec } = injectSidecar(BARE, VERIFYING, BESIDE);
  const mirrored = { ...sidecarIn(spec), image: 'mirror/sidecar:1' };
  const live = { ...spec, initContainers: [mirrored] };
  const kept = keptSidecar({ spec: live });
  t.match(kept, { container: mirrored, volumes: [{ name: 'zonekeeper-env' }, {}] });
  if (kept === undefined) return;
  const secrets = { ...BARE, volumes: [{ name: 'zonekeeper-secrets' }] };
  const again = injectSidecar(secrets, kept, BESIDE);
  t.equal(sidecarIn(again.spec), mirrored);
  t.match(again.entry, { token: true });
});

t.test('a kept sidecar fits into a changed template', async (t) => {
  const { spec } = injectSidecar(BARE, PLAN, BESIDE);
  const mesh = { name: 'mesh', mountPath: '/mesh' };
  const sidecar = sidecarIn(spec);
  const volumeMounts = [...(sidecar.volumeMounts ?? []), mesh];
  const kept = keptSidecar({ spec: { initContainers: [{ ...sidecar, volumeMounts }] } });
  if (kept === undefined) throw new Error('not kept');
  const volumes = [{ name: 'zonekeeper-secrets' }];
  const fitted = injectSidecar(
    { ...BARE, volumes, securityContext: { runAsUser: 0 } },
    kept,
    BESIDE,
  );
  t.same(sidecarIn(fitted.spec).volumeMounts, sidecar.volumeMounts);
  t.equal(sidecarIn(fitted.spec).securityContext?.runAsUser, 65532);
  t.match(fitted.spec.volumes, [{}, { name: 'zonekeeper-env', emptyDir: { medium: 'Memory' } }]);
  const own = { ...kept, container: { ...kept.container, securityContext: { runAsUser: 10001 } } };
  t.equal(sidecarIn(injectSidecar(BARE, own, BESIDE).spec).securityContext?.runAsUser, 10001);
});

t.test('what others have made of it stays until another one is to be made', async (t) => {
  const { spec, entry } = injectSidecar(BARE, PLAN, BESIDE);
  const mirrored = { ...sidecarIn(spec), image: 'mirror/sidecar:1' };
  const live = { ...spec, initContainers: [mirrored] };
  const given = { ...BARE, volumes: [{ name: 'zonekeeper-secrets' }] };
  const standing = keptSidecar({ spec: live }, entry);
  const same = injectSidecar(given, PLAN, { ...BESIDE, standing });
  t.equal(sidecarIn(same.spec), mirrored);
  t.same(same.entry, entry);
  const newer = injectSidecar(given, { ...PLAN, image: 'newer:2' }, { ...BESIDE, standing });
  t.equal(sidecarIn(newer.spec).image, 'newer:2');
  t.not(newer.entry?.of, entry?.of);
});

t.test('a template without a sidecar has none to keep', async (t) => {
  t.equal(keptSidecar({ spec: BARE }), undefined);
  t.equal(keptSidecar({ spec: { initContainers: [{ name: 'zonekeeper-sidecar' }] } }), undefined);
});
