import t from 'tap';
import { inspectClaims } from '../../../../webhook/core/inspect/claims.ts';
import { inspected } from '../../../support/inspected.ts';
import { claim, type Given, manifest } from '../../../support/statefulset.ts';

function warnings(given: Given, claims: Readonly<Record<string, string>>): string[] {
  const set = manifest({ claims: [claim('data', { storageClassName: 'zrs' })], ...given });
  const view = { claims: new Map(Object.entries(claims)) };
  return inspectClaims(set, inspected(set, view)).map(({ found }) => found);
}

t.test(
  'a claim that exists with another class is told of, the first of each template',
  async (t) => {
    const claims = { 'shop/data-mysql-1': 'lrs', 'shop/data-mysql-2': 'lrs' };
    t.same(warnings({}, claims), ['claim data-mysql-1 exists with class "lrs"']);
    t.same(warnings({}, { 'shop/data-mysql-0': '' }), ['claim data-mysql-0 exists with class ""']);
  },
);

t.test('a claim of the same class, another namespace or another set says nothing', async (t) => {
  const claims = {
    'shop/data-mysql-0': 'zrs',
    'bank/data-mysql-1': 'lrs',
    'shop/data-pg-1': 'lrs',
  };
  t.same(warnings({}, claims), []);
});

t.test('only the claims of its pods concern a set', async (t) => {
  const claims = { 'shop/data-mysql-3': 'lrs' };
  t.same(warnings({}, claims), [], 'three replicas');
  t.equal(
    warnings(
      { spec: { replicas: 4, volumeClaimTemplates: [claim('data', { storageClassName: 'zrs' })] } },
      claims,
    ).length,
    1,
  );
  t.equal(
    warnings(
      {
        spec: {
          ordinals: { start: 3 },
          volumeClaimTemplates: [claim('data', { storageClassName: 'zrs' })],
        },
      },
      claims,
    ).length,
    1,
  );
});

t.test('a set has one replica unless it says otherwise', async (t) => {
  const volumeClaimTemplates = [claim('data', { storageClassName: 'zrs' })];
  const spec = { replicas: null, volumeClaimTemplates };
  t.same(warnings({ spec }, { 'shop/data-mysql-1': 'lrs' }), []);
  t.equal(warnings({ spec }, { 'shop/data-mysql-0': 'lrs' }).length, 1);
});

t.test(
  'of a set with a thousand pods, or with numbers out of reach, no more than 64 are looked at',
  async (t) => {
    const volumeClaimTemplates = [claim('data', { storageClassName: 'zrs' })];
    const large = { replicas: 1000, volumeClaimTemplates };
    t.equal(warnings({ spec: large }, { 'shop/data-mysql-63': 'lrs' }).length, 1);
    t.same(warnings({ spec: large }, { 'shop/data-mysql-64': 'lrs' }), []);
    for (const start of [2 ** 53, 1e308]) {
      t.same(warnings({ spec: { ...large, ordinals: { start } } }, {}), []);
    }
  },
);

t.test('a claim template without class is content with any claim', async (t) => {
  t.same(warnings({ claims: [claim()] }, { 'shop/data-mysql-0': 'lrs' }), []);
});

t.test('without claims to know or a name to know them by nothing is said', async (t) => {
  const set = manifest({ claims: [claim('data', { storageClassName: 'zrs' })] });
  t.same(inspectClaims(set, inspected(set, {})), []);
  const metadata = { name: null, generateName: 'mysql-' };
  t.same(warnings({ metadata }, { 'shop/data-null-0': 'lrs', 'shop/data-undefined-0': 'lrs' }), []);
});
