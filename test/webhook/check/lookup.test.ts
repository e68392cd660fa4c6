import t from 'tap';
import { given, Lookup, mapOf } from '../../../webhook/check/lookup.ts';
import { CONFIG_MAPS, STATEFUL_SETS } from '../../../webhook/check/resources.ts';
import { keyOf } from '../../../webhook/controllers/objects.ts';
import { FakeKube, refusal } from '../../support/fake-kube.ts';

const SETS = { resource: STATEFUL_SETS, namespace: 'shop', lost: 'any StatefulSet' };

t.test('every page of a list is read', async (t) => {
  const named = (name: string) => ({ metadata: { name } });
  const kube = new FakeKube(({ query }) =>
    query?.continue === 'more'
      ? { items: [named('b')] }
      : { items: [named('a')], metadata: { continue: 'more' } },
  );
  const lookup = new Lookup(kube);
  t.strictSame(await lookup.list(SETS), [named('a'), named('b')]);
  t.strictSame(
    kube.requests.map(({ path, query }) => [path, query?.continue]),
    [
      ['/apis/apps/v1/namespaces/shop/statefulsets', undefined],
      ['/apis/apps/v1/namespaces/shop/statefulsets', 'more'],
    ],
  );
  t.strictSame(lookup.unseen, []);
});

t.test('what is not there is absent, and no problem', async (t) => {
  const lookup = new Lookup(
    new FakeKube(() => {
      throw refusal(404);
    }),
  );
  t.equal(await lookup.list(SETS), 'absent');
  t.equal(await lookup.get({ resource: CONFIG_MAPS, namespace: 'a', lost: 'it' }, 'b'), 'absent');
  t.strictSame(lookup.unseen, []);
});

t.test('a right that is missing, or an API server in trouble, is remembered', async (t) => {
  const statuses = [403, 503];
  const lookup = new Lookup(
    new FakeKube(() => {
      throw refusal(statuses.shift() ?? 0);
    }),
  );
  t.equal(await lookup.list(SETS), undefined);
  t.equal(await lookup.get({ resource: CONFIG_MAPS, lost: 'profiles' }, 'zonekeeper'), undefined);
  t.match(lookup.unseen, [
    { code: 'ZK702', found: 'cannot get configmaps: refused with 503' },
    {
      code: 'ZK701',
      found: 'no right to list statefulsets.apps in namespace "shop"',
      expected: 'it, to judge any StatefulSet',
    },
  ]);
});

t.test('what could not be looked at is told in one order, whoever answers first', async (t) => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const refusals: (() => void)[] = [];
    const kube = new FakeKube(
      () => new Promise((_, reject) => refusals.push(() => reject(refusal(403)))),
    );
    const lookup = new Lookup(kube);
    const asked = [SETS, { resource: CONFIG_MAPS, lost: 'it' }].map((one) => lookup.list(one));
    for (const place of order) {
      refusals[place]?.();
      await asked[place];
    }
    t.strictSame(
      lookup.unseen.map(({ found }) => found),
      ['no right to list configmaps', 'no right to list statefulsets.apps in namespace "shop"'],
    );
  }
});

t.test('an API server that is gone, or knows nobody, ends it all', async (t) => {
  for (const error of [new Error('ECONNRESET'), refusal(401)]) {
    const lookup = new Lookup(
      new FakeKube(() => {
        throw error;
      }),
    );
    await t.rejects(lookup.list(SETS), error);
  }
});

t.test(
  'of a kind that is absent there are none, of one that is not known there is no map',
  async (t) => {
    t.strictSame(mapOf('absent', keyOf, keyOf), new Map());
    t.equal(mapOf(undefined, keyOf, keyOf), undefined);
    t.strictSame(given('a', undefined), {});
    t.strictSame(given('a', 1), { a: 1 });
  },
);
