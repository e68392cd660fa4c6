import t from 'tap';
import type { Context } from '../../../webhook/core/context.ts';
import { create, markerOf, update } from '../../support/admission.ts';
import { contextWith, profiles } from '../../support/context.ts';
import {
  annotated,
  arriving,
  claim,
  MARKER,
  manifest,
  withPod,
} from '../../support/statefulset.ts';

const CONTEXT = contextWith();
const ASKS = {
  inject: 'true',
  profile: 'azuredisk-v2',
  'secret-provider-class': 'vault',
  containers: 'mysql',
  'proximity-placement-group': 'ppg-1',
  'fast-failover': '30s',
};
/** Knows no profile but an empty one: what the sets here ask for would be refused. */
const STRICT = contextWith({ version: '0.2.0', configuration: profiles({}) });
const BROKEN = { [MARKER]: '{"v":9}' };

function codes({ mutation }: ReturnType<typeof update>): string[] {
  return [...mutation.denials, ...mutation.warnings].map(({ code }) => code);
}

function live(context: Context = CONTEXT) {
  return create(manifest({ asks: ASKS }), context).stored;
}

t.test('a set that was never injected is not injected for an unrelated change', async (t) => {
  const stored = arriving(manifest({ asks: ASKS }));
  const next = update(annotated(stored, { 'example.com/team': 'db' }), stored, CONTEXT);
  t.same([codes(next), next.mutation.outcome], [['ZK217'], 'untouched']);
  t.same(next.stored.spec, stored.spec);
  const slip = update(annotated(stored, { 'zonekeeper.io/x': '' }), stored, CONTEXT);
  t.same(codes(slip), ['ZK201', 'ZK217']);
  const rolled = update(withPod(stored, { hostname: 'x' }), stored, CONTEXT);
  t.equal(rolled.mutation.outcome, 'injected');
});

t.test(
  'a set that was opted in again behind our back is one that was never injected',
  async (t) => {
    const stored = arriving(
      manifest({ annotations: { [MARKER]: '{"v":1,"claims":{"data":"zrs"}}' } }),
    );
    const next = update(stored, stored, CONTEXT);
    t.same([codes(next), next.mutation.outcome, next.patch], [['ZK217'], 'untouched', []]);
  },
);

t.test('a misspelt key is told of at every write', async (t) => {
  const stored = live();
  const next = update(annotated(stored, { 'zonekeeper.io/fast-failovr': '5s' }), stored, CONTEXT);
  t.same([codes(next), next.mutation.outcome], [['ZK201'], 'kept']);
  t.ok(
    codes(update(annotated(stored, { 'zonekeeper.io/x': '' }), stored, STRICT)).includes('ZK201'),
  );
});

t.test('annotations that would be refused today are kept to, with a warning each', async (t) => {
  const stored = live();
  const next = update(manifest({ asks: ASKS }), stored, STRICT);
  t.same([codes(next), next.mutation.outcome], [['ZK219'], 'kept']);
  t.same(next.stored, stored);
});

t.test('a changed template then gets what was injected before', async (t) => {
  const stored = live();
  const changed = withPod(manifest({ asks: ASKS }), { hostname: 'x' });
  const next = update(changed, stored, STRICT);
  t.same([codes(next), next.mutation.outcome], [['ZK219'], 'kept']);
  t.same(next.stored.spec.template, withPod(stored, { hostname: 'x' }).spec.template);
  t.equal(markerOf(next.stored), markerOf(stored));
  t.same(update(next.stored, stored, STRICT).stored, next.stored, 'in the second round too');
});

t.test('a changed template that cannot take it is refused all the same', async (t) => {
  const volumes = [{ name: 'zonekeeper-secrets', emptyDir: {} }];
  const next = update(manifest({ asks: ASKS, pod: { volumes } }), live(), STRICT);
  t.same([next.mutation.outcome, codes(next)], ['denied', ['ZK108', 'ZK219']]);
});

t.test(
  'of a set that was never injected the refused annotations are told, and it stays',
  async (t) => {
    const stored = arriving(manifest({ asks: { inject: 'yes', flexvolume: 'drop' } }));
    const next = update(withPod(stored, { hostname: 'x' }), stored, CONTEXT);
    t.same([codes(next), next.mutation.outcome], [['ZK219', 'ZK219'], 'untouched']);
    t.same(next.stored, withPod(stored, { hostname: 'x' }));
  },
);

t.test('a broken marker heals with what today’s configuration would have put in', async (t) => {
  const stored = live();
  const broken = annotated(stored, BROKEN);
  for (const set of [broken, manifest({ asks: ASKS })]) {
    const next = update(set, broken, CONTEXT);
    t.same([codes(next), next.mutation.outcome], [['ZK218'], 'kept']);
    t.same(next.stored.spec.template, stored.spec.template);
    const healed = JSON.parse(markerOf(next.stored) ?? '');
    const { was, ...scheduler } = JSON.parse(markerOf(stored) ?? '').scheduler;
    t.same(healed, { ...JSON.parse(markerOf(stored) ?? ''), scheduler });
    t.same(update(next.stored, next.stored, CONTEXT).patch, [], 'and is whole from then on');
  }
});

t.test('a healed marker claims nothing that cannot be told apart from the user’s', async (t) => {
  const broken = annotated(live(), BROKEN);
  const other = contextWith({
    configuration: profiles({ 'azuredisk-v2': { schedulerName: 'volcano' } }),
  });
  const next = update(broken, broken, other);
  t.same(next.stored.spec.template, broken.spec.template);
  const healed = JSON.parse(markerOf(next.stored) ?? '');
  t.same(healed.scheduler, undefined);
  t.same(healed.claims, { data: 'azuredisk-standard-ssd-zrs-replicas' });
});

t.test('a broken marker among refused annotations leaves the memory of the classes', async (t) => {
  const claims = [
    claim('data', { storageClassName: 'zrs' }),
    claim('own', { storageClassName: '' }),
  ];
  const stored = arriving(manifest({ asks: ASKS, annotations: BROKEN, claims }));
  const next = update(stored, stored, STRICT);
  t.same(codes(next), ['ZK218', 'ZK219']);
  t.equal(markerOf(next.stored), '{"v":1,"claims":{"data":"zrs"}}');
  const bare = arriving(manifest({ asks: ASKS, annotations: BROKEN, claims: [] }));
  t.equal(markerOf(update(bare, bare, STRICT).stored), undefined);
});
