import t from 'tap';
import {
  clientIdOfAccount,
  clientIdOfClass,
  csiDriverFacts,
  labelsOf,
  volumeOf,
  zonesOf,
} from '../../../webhook/check/projections.ts';
import type { KubeObject } from '../../../webhook/controllers/objects.ts';

const like = (object: object): KubeObject => object;

t.test('a CSIDriver tells whether it rotates and for whom it asks tokens', async (t) => {
  const spec = { requiresRepublish: true, tokenRequests: [{ audience: 'a' }, {}] };
  t.strictSame(csiDriverFacts(like({ spec })), { requiresRepublish: true, audiences: ['a', ''] });
  t.strictSame(csiDriverFacts({}), { requiresRepublish: false, audiences: [] });
});

t.test('a volume tells the zones from which it is reached', async (t) => {
  const reachable = (...terms: [string, string[]][]) =>
    like({
      spec: {
        nodeAffinity: {
          required: {
            nodeSelectorTerms: terms.map(([key, values]) => ({
              matchExpressions: [{ key, operator: 'In', values }],
            })),
          },
        },
      },
    });
  const key = 'topology.disk.csi.azure.com/zone';
  t.strictSame(zonesOf(reachable([key, ['w-1', 'w-2', '']])), ['w-1', 'w-2']);
  t.strictSame(zonesOf(reachable([key, ['w-1']], [key, ['w-1']], [key, ['']])), ['w-1']);
  t.strictSame(zonesOf(reachable(['kubernetes.io/hostname', ['node']])), []);
  t.strictSame(zonesOf({}), []);
});

t.test('only workload identity takes a client id from the class', async (t) => {
  const withParameters = (parameters: object) => clientIdOfClass(like({ spec: { parameters } }));
  t.equal(withParameters({ clientID: 'c' }), 'c');
  t.equal(withParameters({ clientID: 'c', useVMManagedIdentity: 'true' }), '');
  t.equal(withParameters({ clientID: 'c', usePodIdentity: 'true' }), '');
  t.equal(withParameters({ clientID: 'c', usePodIdentity: 'false' }), 'c');
  t.equal(clientIdOfClass({}), '');
});

t.test('what is not set is empty', async (t) => {
  const annotations = { 'azure.workload.identity/client-id': 'c' };
  t.equal(clientIdOfAccount(like({ metadata: { annotations } })), 'c');
  t.equal(clientIdOfAccount({}), '');
  t.strictSame(labelsOf(like({ metadata: { labels: { a: 'b' } } })), { a: 'b' });
  t.strictSame(labelsOf({}), {});
  t.equal(volumeOf(like({ spec: { volumeName: 'pv' } })), 'pv');
  t.equal(volumeOf({}), '');
});
