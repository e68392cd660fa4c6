import t from 'tap';
import { serviceHosts } from '../../certs/hosts.ts';

t.test('a Service has four names', async (t) => {
  t.same(serviceHosts('zonekeeper', 'system'), [
    'zonekeeper',
    'zonekeeper.system',
    'zonekeeper.system.svc',
    'zonekeeper.system.svc.cluster.local',
  ]);
  t.equal(serviceHosts('a', 'b', 'corp.example').at(-1), 'a.b.svc.corp.example');
});
