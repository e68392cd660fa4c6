import t from 'tap';
import { equal } from '../../../../webhook/core/equal.ts';
import {
  type FlexPlan,
  injectFlexVolumes,
  stripFlexVolumes,
} from '../../../../webhook/core/inject/flexvolume.ts';
import type { FlexVolume, PodSpec } from '../../../../webhook/core/statefulset.ts';
import { flexVolume } from '../../../support/flexvolume.ts';
import { CLIENT, TENANT } from '../../../support/vault.ts';

const PLAN: FlexPlan = {
  mode: 'auto',
  client: undefined,
  metadata: { name: 'web' },
  bounds: undefined,
  accepted: [],
};
const MOUNTED = [{ name: 'app', volumeMounts: [{ name: 'creds', mountPath: '/creds' }] }];
const CERT = flexVolume({ keyvaultobjectnames: 'tls', keyvaultobjecttypes: 'cert' });

function podWith(volume: FlexVolume): PodSpec {
  return {
    volumes: [{ name: 'tmp' }, { name: 'creds', flexVolume: volume }],
    containers: MOUNTED,
  };
}

function codes(volume: FlexVolume, plan: Partial<FlexPlan> = {}): string[] {
  return injectFlexVolumes(podWith(volume), { ...PLAN, ...plan }).denials.map(({ code }) => code);
}

t.test(
  'a FlexVolume becomes a CSI volume of its name in its place, mounts untouched',
  async (t) => {
    const { spec, entry = [], denials } = injectFlexVolumes(podWith(flexVolume()), PLAN);
    const [made] = entry;
    t.match(made, { volume: 'creds', class: /^zonekeeper-web-creds-/, was: flexVolume() });
    t.same(spec, {
      volumes: [
        { name: 'tmp' },
        {
          name: 'creds',
          csi: {
            driver: 'secrets-store.csi.k8s.io',
            readOnly: true,
            volumeAttributes: { secretProviderClass: made?.class },
            nodePublishSecretRef: { name: 'kvcreds' },
          },
        },
      ],
      containers: MOUNTED,
    });
    t.same(denials, []);
  },
);

t.test('what it was comes back', async (t) => {
  const pod = podWith(flexVolume({}, { fsType: 'ext4', readOnly: true }));
  const { spec, entry = [] } = injectFlexVolumes(pod, PLAN);
  t.same(stripFlexVolumes(spec, entry), pod);
  t.equal(stripFlexVolumes(pod, entry), pod, 'nothing of ours is there any more');
});

t.test('a manifest that puts its own back beside ours loses ours alone', async (t) => {
  const own = flexVolume({ keyvaultobjectnames: 'a;b' });
  const { spec, entry = [] } = injectFlexVolumes(podWith(flexVolume()), PLAN);
  const merged = spec.volumes?.map((volume) =>
    volume.csi ? { ...volume, flexVolume: own } : volume,
  );
  t.same(stripFlexVolumes({ ...spec, volumes: merged ?? [] }, entry), podWith(own));
});

t.test('a CSI volume that the user has changed since stays', async (t) => {
  const { spec, entry = [] } = injectFlexVolumes(podWith(flexVolume()), PLAN);
  const volumes = spec.volumes?.map((volume) =>
    volume.csi ? { ...volume, csi: { ...volume.csi, readOnly: false } } : volume,
  );
  const changed = { ...spec, volumes: volumes ?? [] };
  t.equal(stripFlexVolumes(changed, entry), changed);
});

t.test('only the identity that needs a Secret keeps it', async (t) => {
  const managed = injectFlexVolumes(podWith(flexVolume({ usevmmanagedidentity: 'true' })), PLAN);
  t.notOk(managed.spec.volumes?.[1]?.csi?.nodePublishSecretRef);
  const federated = injectFlexVolumes(podWith(flexVolume({ usepodidentity: 'true' })), {
    ...PLAN,
    client: CLIENT,
  });
  t.notOk(federated.spec.volumes?.[1]?.csi?.nodePublishSecretRef);
  t.match(federated.entry, [{ client: CLIENT }]);
});

t.test('a certificate or key is converted only on request', async (t) => {
  t.same(codes(CERT), ['ZK146']);
  t.same(codes(CERT, { mode: 'convert' }), []);
});

t.test('what could not be mounted is refused, with everything that is wrong', async (t) => {
  t.same(codes(flexVolume({ usepodidentity: 'true' })), ['ZK147']);
  t.same(codes(flexVolume({}, { secretRef: {} })), ['ZK148']);
  const wrong = { keyvaultname: 'x', keyvaultobjecttypes: 'secret', usepodidentity: 'true' };
  t.same(codes(flexVolume(wrong)), ['ZK145', 'ZK145', 'ZK147']);
});

t.test('the bounds of the profile hold for FlexVolumes too', async (t) => {
  const bounds = { profile: 'default', keyVaults: ['other'], tenantIds: [CLIENT] };
  t.same(codes(flexVolume(), { bounds }), ['ZK149', 'ZK149']);
  const open = { profile: 'default', keyVaults: ['CONTOSO-prod'], tenantIds: [TENANT] };
  t.same(codes(flexVolume(), { bounds: open }), []);
});

t.test('what was made before is made again, whatever would be said today', async (t) => {
  const { entry: accepted = [] } = injectFlexVolumes(podWith(CERT), { ...PLAN, mode: 'convert' });
  const bounds = { profile: 'default', keyVaults: [] };
  t.same(codes(CERT, { bounds, accepted }), []);
  t.same(codes(flexVolume(), { bounds, accepted }), ['ZK149'], 'but not what has changed');
});

t.test('lists that the driver ignored are told of', async (t) => {
  const { warnings } = injectFlexVolumes(podWith(flexVolume({ keyvaultobjectaliases: 'x' })), PLAN);
  t.match(warnings, [{ code: 'ZK250', found: /keyvaultobjectaliases/ }]);
});

t.test('volumes of other drivers stay', async (t) => {
  const pod = podWith({ driver: 'example.com/lvm', options: {} });
  const { spec, entry } = injectFlexVolumes(pod, PLAN);
  t.equal(spec, pod);
  t.equal(entry, undefined);
  t.ok(equal(injectFlexVolumes({ containers: MOUNTED }, PLAN).spec, { containers: MOUNTED }));
});
