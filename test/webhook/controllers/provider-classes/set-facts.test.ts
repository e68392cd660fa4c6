import t from 'tap';
import {
  asStatefulSet,
  setFacts,
} from '../../../../webhook/controllers/provider-classes/set-facts.ts';

const metadata = { namespace: 'shop', name: 'db', uid: 'u1', resourceVersion: '7' };
const own = { 'zonekeeper.io/inject': 'true' };

t.test('of a set its identity and the annotations of zonekeeper are kept', async (t) => {
  const annotations = { ...own, 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
  const facts = setFacts({ metadata: { ...metadata, annotations } as object });
  t.strictSame(facts, { ...metadata, annotations: own, isDeleting: false });
  t.strictSame(facts && asStatefulSet(facts).metadata, {
    namespace: 'shop',
    name: 'db',
    annotations: own,
  });
});

t.test('a set that goes is known to', async (t) => {
  const going = { ...metadata, annotations: own, deletionTimestamp: '2026-11-21T12:00:00Z' };
  t.match(setFacts({ metadata: going as object }), { isDeleting: true });
});

t.test('nothing is kept of a set that zonekeeper has nothing to do with', async (t) => {
  t.equal(setFacts({ metadata }), undefined);
  t.equal(setFacts({ metadata: { ...metadata, annotations: { a: 'b' } } as object }), undefined);
  t.equal(setFacts({}), undefined);
});
