import t from 'tap';
import { inspectSecretMounts } from '../../../../webhook/core/inspect/secret-mounts.ts';
import type { Marker } from '../../../../webhook/core/marker.ts';
import { inspected } from '../../../support/inspected.ts';
import { manifest } from '../../../support/statefulset.ts';

const MARKER: Marker = {
  v: 1,
  secrets: [{ volume: 'zonekeeper-secrets', class: 'vault', path: '/mnt' }],
};

function found(pod: Readonly<Record<string, unknown>>, marker: Marker | undefined = MARKER) {
  const seen = inspected(manifest({ pod }), {}, marker);
  return inspectSecretMounts(seen).map(({ code, found }) => `${code} ${found}`);
}

function volume(name: string, secretProviderClass: string, driver = 'secrets-store.csi.k8s.io') {
  return { name, csi: { driver, volumeAttributes: { secretProviderClass } } };
}

t.test('a volume of the user for the same class is told of', async (t) => {
  const volumes = [
    volume('zonekeeper-secrets', 'vault'),
    volume('mine', 'vault'),
    volume('other', 'other'),
    volume('disk', 'vault', 'disk.csi.azure.com'),
    { name: 'config', configMap: {} },
  ];
  t.match(found({ volumes }), [/^ZK229 volume "mine" .* "vault"/]);
  t.equal(found({ volumes }).length, 1);
});

t.test('a mount that would never change is told of, in init containers too', async (t) => {
  const mounts = (...volumeMounts: object[]) => [{ name: 'app', image: 'a', volumeMounts }];
  const ours = { name: 'zonekeeper-secrets', mountPath: '/a' };
  t.match(found({ containers: mounts({ ...ours, subPath: 'x' }) }), [/^ZK230 container "app"/]);
  t.match(found({ initContainers: mounts({ ...ours, subPathExpr: '$(X)' }) }), [/^ZK230 /]);
  t.same(found({ containers: mounts({ ...ours, subPath: '' }) }), []);
  t.same(found({ containers: mounts({ name: 'data', mountPath: '/a', subPath: 'x' }) }), []);
});

t.test('without secrets of ours nothing is said', async (t) => {
  t.same(found({ volumes: [volume('mine', 'vault')] }, { v: 1 }), []);
});
