import t from 'tap';
import { mutateCreate } from '../../../webhook/core/create.ts';
import { create, markerOf } from '../../support/admission.ts';
import { contextWith, profiles } from '../../support/context.ts';
import { annotated, claim, MARKER, manifest } from '../../support/statefulset.ts';

const CONTEXT = contextWith();
const V2 = { inject: 'true', profile: 'azuredisk-v2' };
const OTHER = contextWith({
  version: '0.2.0',
  configuration: profiles({ default: { storageClassName: 'other', schedulerName: 'volcano' } }),
});

function marker(set: Parameters<typeof markerOf>[0]) {
  return JSON.parse(markerOf(set) ?? 'null');
}

t.test('everything that is asked for is put in, and the marker tells what', async (t) => {
  const { stored, mutation } = create(manifest({ asks: V2 }), CONTEXT);
  t.equal(stored.spec.template.spec.schedulerName, 'csi-azuredisk-scheduler-extender');
  t.match(stored.spec.volumeClaimTemplates, [
    { spec: { storageClassName: 'azuredisk-standard-ssd-zrs-replicas' } },
  ]);
  t.same(marker(stored), {
    v: 1,
    by: '0.1.0',
    profile: 'azuredisk-v2',
    request: { inject: 'true', profile: 'azuredisk-v2' },
    claims: { data: 'azuredisk-standard-ssd-zrs-replicas' },
    scheduler: { name: 'csi-azuredisk-scheduler-extender', was: 'default-scheduler' },
  });
  t.same([mutation.outcome, mutation.injections], ['injected', ['scheduler', 'storage']]);
});

t.test('a set that gets nothing is marked all the same, for its first update', async (t) => {
  const context = contextWith({ configuration: profiles({}) });
  const { stored, mutation } = create(manifest(), context);
  t.same(marker(stored), { v: 1, by: '0.1.0', profile: 'default', request: { inject: 'true' } });
  t.same([mutation.outcome, mutation.injections], ['injected', []]);
});

t.test('a set that is not opted in is the very object', async (t) => {
  for (const asks of [{}, { inject: 'false' }, { inject: 'false', profile: 'none-such' }]) {
    const set = manifest({ asks });
    const { object, outcome, warnings } = mutateCreate(set, 'shop', CONTEXT);
    t.equal(object, set);
    t.same([outcome, warnings], ['untouched', []]);
  }
});

t.test('annotations without the switch are not read but warned about', async (t) => {
  const { mutation } = create(manifest({ asks: { profile: 'none-such' } }), CONTEXT);
  t.match(mutation, { outcome: 'untouched', denials: [], warnings: [{ code: 'ZK221' }] });
});

t.test('a switch that cannot be read is refused with everything else that is wrong', async (t) => {
  const asks = { inject: 'on', profile: 'none-such', 'fast-failover': 'x', colour: 'red' };
  const { mutation } = create(manifest({ asks }), CONTEXT);
  t.same(
    mutation.denials.map(({ code }) => code),
    ['ZK101', 'ZK102', 'ZK103'],
  );
  t.same(
    mutation.warnings.map(({ code }) => code),
    ['ZK201'],
  );
});

t.test('a template that cannot take what is asked for is refused with the warnings', async (t) => {
  const asks = { ...V2, 'secret-provider-class': 'a', containers: 'x,y', colour: 'red' };
  const { mutation, patch } = create(manifest({ asks }), CONTEXT);
  t.same(
    mutation.denials.map(({ code }) => code),
    ['ZK106', 'ZK106'],
  );
  t.same(
    mutation.warnings.map(({ code }) => code),
    ['ZK201'],
  );
  t.same(patch, []);
});

t.test('a marker for this very request tells what stays, whatever is configured', async (t) => {
  const { stored } = create(manifest({ asks: V2 }), CONTEXT);
  const renamed = contextWith({
    version: '0.2.0',
    configuration: profiles({ 'azuredisk-v2': { schedulerName: 'volcano' } }),
  });
  const { mutation, patch } = create(stored, renamed);
  t.same([mutation.denials, patch], [[], []]);
});

t.test('a marker for another request only tells what to take out', async (t) => {
  const { stored } = create(
    manifest({ asks: { inject: 'true', 'scheduler-name': 'mine' } }),
    CONTEXT,
  );
  const changed = annotated(stored, { 'zonekeeper.io/scheduler-name': undefined });
  const again = create(changed, OTHER).stored;
  t.equal(again.spec.template.spec.schedulerName, 'volcano');
  t.match(marker(again), {
    by: '0.2.0',
    claims: { data: 'zonekeeper-zrs' },
    scheduler: { name: 'volcano' },
  });
});

t.test(
  'offline a marker only tells what to take out, and the result bears its origin',
  async (t) => {
    const first = mutateCreate(manifest(), 'shop', { ...CONTEXT, offline: true }).object;
    t.match(marker(first), { offline: true, by: '0.1.0' });
    const again = mutateCreate(first, 'shop', { ...OTHER, offline: true }).object;
    t.equal(again.spec.template.spec.schedulerName, 'volcano');
    t.match(marker(again), { offline: true, by: '0.2.0', scheduler: { name: 'volcano' } });
  },
);

t.test('a class that stands in a manifest stays: a stored set could not change it', async (t) => {
  const first = mutateCreate(manifest(), 'shop', { ...CONTEXT, offline: true }).object;
  const again = mutateCreate(first, 'shop', { ...OTHER, offline: true }).object;
  t.match(again.spec.volumeClaimTemplates, [{ spec: { storageClassName: 'zonekeeper-zrs' } }]);
  t.same(marker(again).claims, { data: 'zonekeeper-zrs' });
});

t.test('a copy that is opted out loses what was put in and remembers the classes', async (t) => {
  const { stored } = create(manifest({ asks: V2 }), CONTEXT);
  const { mutation, stored: copy } = create(
    annotated(stored, { 'zonekeeper.io/inject': 'false' }),
    CONTEXT,
  );
  t.equal(mutation.outcome, 'stripped');
  t.equal(copy.spec.template.spec.schedulerName, 'default-scheduler');
  t.same(marker(copy), { v: 1, claims: { data: 'azuredisk-standard-ssd-zrs-replicas' } });
});

t.test('a class that the claim template does not bear out is forgotten', async (t) => {
  const forged = '{"v":1,"claims":{"data":"zrs","gone":"zrs","logs":"zrs"}}';
  const claims = [
    claim('data', { storageClassName: 'mine' }),
    claim('logs', { storageClassName: 'zrs' }),
  ];
  for (const asks of [{ inject: 'true' }, { inject: 'false' }]) {
    const { stored } = create(
      manifest({ asks, claims, annotations: { [MARKER]: forged } }),
      CONTEXT,
    );
    t.same(marker(stored).claims, { logs: 'zrs' });
  }
});

t.test(
  'a marker that cannot be read is made anew, or taken away from a set that is opted out',
  async (t) => {
    const annotations = { [MARKER]: '{"v":7}' };
    const { stored, mutation } = create(manifest({ annotations }), CONTEXT);
    t.match(marker(stored), { v: 1, by: '0.1.0' });
    t.match(mutation.warnings, [{ code: 'ZK218' }]);
    const out = create(manifest({ annotations, asks: { inject: 'false' } }), CONTEXT);
    t.equal(markerOf(out.stored), undefined);
    t.match(out.mutation.warnings, [{ code: 'ZK218' }]);
  },
);

t.test('what is wrong in the cluster is warned about, not refused', async (t) => {
  const view = { storageClasses: new Map(), leases: new Map(), version: { major: 1, minor: 29 } };
  const { mutation } = create(manifest({ asks: V2 }), contextWith({ view }));
  t.same(mutation.denials, []);
  t.same(
    mutation.warnings.map(({ code }) => code),
    ['ZK222', 'ZK202', 'ZK208'],
  );
});
