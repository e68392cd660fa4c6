import t from 'tap';
import { writeMarker } from '../../../webhook/core/marker.ts';
import { sameAsStored, situationOf, stripped } from '../../../webhook/core/situation.ts';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';
import { create } from '../../support/admission.ts';
import { contextWith } from '../../support/context.ts';
import {
  annotated,
  arriving,
  claim,
  MARKER,
  manifest,
  withPod,
} from '../../support/statefulset.ts';

const CONTEXT = contextWith();
const ASKS = { inject: 'true', profile: 'azuredisk-v2', 'fast-failover': '30s' };
const BARE = arriving(manifest({ asks: ASKS }));
const LIVE = create(manifest({ asks: ASKS }), CONTEXT).stored;

function situation(object: StatefulSet, stored: StatefulSet) {
  return situationOf(object, stored, 'shop', CONTEXT);
}

function from(set: StatefulSet, changes: object): StatefulSet {
  const marker = { ...JSON.parse(set.metadata.annotations?.[MARKER] ?? '{}'), ...changes };
  return annotated(set, { [MARKER]: JSON.stringify(marker) });
}

t.test('a request is unchanged if it is what the stored set was injected for', async (t) => {
  t.equal(situation(BARE, LIVE).unchanged, true);
  const asksMore = annotated(LIVE, { 'zonekeeper.io/containers': 'mysql' });
  t.equal(situation(asksMore, LIVE).unchanged, false);
  t.equal(situation(asksMore, asksMore).unchanged, false, 'stored behind our back');
  t.equal(situation(BARE, BARE).unchanged, true, 'stored without marker');
});

t.test('a key that is not acted on yet changes the request too', async (t) => {
  t.equal(situation(annotated(LIVE, { 'zonekeeper.io/secrets': 'x' }), LIVE).unchanged, false);
  t.equal(situation(annotated(LIVE, { 'zonekeeper.io/secretz': 'x' }), LIVE).unchanged, true);
});

t.test('a marker that comes in guides, if it is for this request', async (t) => {
  const came = from(LIVE, { by: '9' });
  t.match(situation(came, LIVE), { came: { by: '9' }, committed: { by: '9' }, guide: { by: '9' } });
  const stale = annotated(came, { 'zonekeeper.io/fast-failover': '60s' });
  t.match(situation(stale, LIVE), { came: { by: '9' }, committed: undefined, guide: undefined });
});

t.test('the stored marker guides if it is from a file and still in it', async (t) => {
  const filed = from(LIVE, { offline: true });
  t.match(situation(filed, filed), { came: undefined, guide: { offline: true } });
  t.match(situation(BARE, filed), { guide: undefined });
  t.match(situation(LIVE, LIVE), { guide: undefined });
  const changed = annotated(filed, { 'zonekeeper.io/fast-failover': '60s' });
  t.match(situation(changed, filed), { guide: undefined });
});

t.test('what was put in is known by the marker, or assumed where that is broken', async (t) => {
  t.same(Object.keys(situation(BARE, LIVE).record), ['scheduler', 'failover']);
  const broken = annotated(LIVE, { [MARKER]: '{' });
  t.match(situation(BARE, broken).record, {
    scheduler: { name: 'csi-azuredisk-scheduler-extender' },
    failover: { seconds: 30 },
  });
  const refused = annotated(broken, { 'zonekeeper.io/profile': 'none-such' });
  t.same(situation(refused, refused).record, {});
});

t.test(
  'classes that were put in are known by the marker, or all of them where that is broken',
  async (t) => {
    const claims = [
      claim('a', { storageClassName: 'x' }),
      claim('b', { storageClassName: '' }),
      claim('c'),
    ];
    const stored = arriving(manifest({ claims, annotations: { [MARKER]: '{' } }));
    t.same(situation(stored, stored).classes, { a: 'x' });
    const marked = annotated(stored, { [MARKER]: writeMarker({ v: 1, claims: { c: 'y' } }) });
    t.same(situation(marked, marked).classes, { c: 'y' });
  },
);

t.test(
  'whatever round, revision or hand put it in, the user’s template is what is left',
  async (t) => {
    t.same(stripped(situation(LIVE, LIVE)), BARE.spec.template);
    t.same(stripped(situation(LIVE, BARE)), BARE.spec.template, 'put in by an earlier round');
    const other = create(
      manifest({ asks: { inject: 'true', 'fast-failover': '60s' } }),
      CONTEXT,
    ).stored;
    t.same(stripped(situation(other, LIVE)), BARE.spec.template, 'put in for another request');
  },
);

t.test('what the user changes is told from what was put in', async (t) => {
  t.equal(sameAsStored(situation(BARE, LIVE)), true);
  t.equal(sameAsStored(situation(LIVE, LIVE)), true);
  t.equal(sameAsStored(situation(withPod(BARE, { hostname: 'x' }), LIVE)), false);
  const unmarked = annotated(withPod(BARE, { schedulerName: 'mine' }), {});
  t.equal(sameAsStored(situation(unmarked, LIVE)), false);
});

t.test('equal templates are not the same if their markers tell them apart', async (t) => {
  const own = arriving(manifest({ pod: { schedulerName: 'volcano' } }));
  const stored = annotated(own, { [MARKER]: '{"v":1,"request":{"inject":"true"}}' });
  const put = annotated(own, {
    [MARKER]: '{"v":1,"request":{"inject":"true"},"scheduler":{"name":"volcano"}}',
  });
  t.equal(sameAsStored(situation(put, stored)), false);
});
