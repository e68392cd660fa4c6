import t from 'tap';
import { create, markerOf, update } from '../../support/admission.ts';
import { contextWith, profiles } from '../../support/context.ts';
import { annotated, claim, manifest, withPod } from '../../support/statefulset.ts';

const CONTEXT = contextWith();
const MOVED = contextWith({
  version: '0.2.0',
  configuration: profiles({ default: { storageClassName: 'other', schedulerName: 'volcano' } }),
});

function codes({ mutation }: ReturnType<typeof update>): string[] {
  return [...mutation.denials, ...mutation.warnings].map(({ code }) => code);
}

function live(asks: Record<string, string> = {}, context = CONTEXT) {
  return create(manifest({ asks: { inject: 'true', ...asks } }), context).stored;
}

t.test('the live object written back is the very object', async (t) => {
  const stored = live();
  const { mutation, patch } = update(stored, stored, MOVED);
  t.same(patch, []);
  t.same([mutation.outcome, mutation.injections], ['kept', ['storage']]);
});

t.test(
  'a bare manifest gets back the class, the template and the marker of the stored set',
  async (t) => {
    const stored = live({ 'fast-failover': '30s' });
    const bare = manifest({ asks: { inject: 'true', 'fast-failover': '30s' } });
    t.same(update(bare, stored, MOVED).stored, { ...stored, metadata: { ...stored.metadata } });
  },
);

t.test('a changed template takes the defaults of today, but the class stays', async (t) => {
  const next = update(withPod(manifest(), { hostname: 'x' }), live(), MOVED);
  t.equal(next.mutation.outcome, 'injected');
  t.equal(next.stored.spec.template.spec.schedulerName, 'volcano');
  t.match(next.stored.spec.volumeClaimTemplates, [
    { spec: { storageClassName: 'zonekeeper-zrs' } },
  ]);
  t.match(JSON.parse(markerOf(next.stored) ?? ''), {
    by: '0.2.0',
    claims: { data: 'zonekeeper-zrs' },
    scheduler: { name: 'volcano' },
  });
});

t.test(
  'changed annotations take what they ask for and give back what they no longer do',
  async (t) => {
    const stored = live({ 'fast-failover': '30s', 'scheduler-name': 'mine' });
    const next = update(
      manifest({ asks: { inject: 'true', 'fast-failover': '1m' } }),
      stored,
      CONTEXT,
    );
    t.match(next.stored.spec.template.spec, {
      schedulerName: 'default-scheduler',
      tolerations: [{ tolerationSeconds: 60 }, { tolerationSeconds: 60 }],
    });
    t.same(next.mutation.injections, ['storage', 'failover']);
  },
);

t.test(
  'a set that is injected afresh is warned about, but not of claims that it has long had',
  async (t) => {
    const view = {
      claims: new Map([['shop/data-mysql-0', 'mine']]),
      version: { major: 1, minor: 29 },
    };
    const asks = { inject: 'true', 'fast-failover': '1m', colour: 'red' };
    const next = update(manifest({ asks }), live(), contextWith({ view }));
    t.same(codes(next), ['ZK201', 'ZK222']);
  },
);

t.test('changed annotations that cannot be read are refused', async (t) => {
  const changed = annotated(live(), {
    'zonekeeper.io/fast-failover': 'soon',
    'zonekeeper.io/injectt': 'x',
  });
  const refused = update(changed, live(), CONTEXT);
  t.same(codes(refused), ['ZK103', 'ZK201']);
  t.same([refused.mutation.outcome, refused.patch], ['denied', []]);
});

t.test('a changed template that cannot take what is asked for is refused', async (t) => {
  const asks = { inject: 'true', 'secret-provider-class': 'vault' };
  const clash = manifest({
    asks,
    pod: { volumes: [{ name: 'zonekeeper-secrets', emptyDir: {} }] },
  });
  t.same(codes(update(clash, live({ 'secret-provider-class': 'vault' }), CONTEXT)), ['ZK108']);
});

t.test('a switch that cannot be read is refused if it is new', async (t) => {
  t.same(codes(update(manifest({ asks: { inject: 'yes' } }), live(), CONTEXT)), ['ZK101']);
});

t.test(
  'a claim template that chooses another class is left for the API server to refuse',
  async (t) => {
    const bare = manifest({ claims: [claim('data', { storageClassName: 'mine' })] });
    const next = update(bare, live(), CONTEXT);
    t.match(next.stored.spec.volumeClaimTemplates, [{ spec: { storageClassName: 'mine' } }]);
  },
);

t.test('an opt-out of a set that holds nothing of ours is no change at all', async (t) => {
  const configuration = profiles({});
  const stored = live({}, contextWith({ configuration }));
  const next = update(manifest({ asks: {} }), stored, CONTEXT);
  t.same([next.mutation.outcome, markerOf(next.stored)], ['untouched', undefined]);
  t.same(next.stored.spec.template, stored.spec.template);
});

t.test('an opt-out tells what it does, in every round alike', async (t) => {
  const [stored, classOnly] = [live({ 'fast-failover': '30s' }), live()];
  const out = (set: typeof stored) => annotated(set, { 'zonekeeper.io/inject': 'false' });
  const first = update(out(stored), stored, CONTEXT);
  t.same([first.mutation.outcome, first.mutation.injections], ['stripped', ['storage']]);
  const second = update(first.stored, stored, CONTEXT);
  t.same([second.mutation.outcome, second.patch], ['stripped', []]);
  t.equal(update(out(classOnly), classOnly, CONTEXT).mutation.outcome, 'kept');
});
