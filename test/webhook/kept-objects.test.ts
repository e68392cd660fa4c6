import t from 'tap';
import type { ClusterSettings } from '../../webhook/config.ts';
import { keptObjects, leaseOf } from '../../webhook/kept-objects.ts';

const settings: ClusterSettings = {
  kind: 'cluster',
  service: 'zk',
  namespace: 'system',
  clusterDomain: 'cluster.local',
  certificates: { mode: 'secret', tlsDir: '/tls' },
  webhookConfiguration: 'zk',
};

t.test(
  'what is made bears the labels by which it is found, and an owner if there is one',
  async (t) => {
    const labels = {
      'app.kubernetes.io/name': 'zonekeeper',
      'app.kubernetes.io/managed-by': 'zonekeeper',
    };
    t.strictSame(keptObjects(settings), { namespace: 'system', labels });
    t.strictSame(keptObjects({ ...settings, owner: 'release' }), {
      namespace: 'system',
      labels,
      owner: { kind: 'ConfigMap', name: 'release' },
    });
  },
);

t.test('a Lease tells replicas apart, also those of one name', async (t) => {
  const identities = [settings, settings, { ...settings, pod: 'zk-0' }].map(
    (each) => leaseOf('classes', each).identity,
  );
  t.equal(new Set(identities).size, 3);
  t.match(identities[0], /^zk_/);
  t.match(identities[2], /^zk-0_/);
  t.match(leaseOf('classes', settings), { namespace: 'system', name: 'classes' });
});
