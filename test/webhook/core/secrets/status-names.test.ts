import t from 'tap';
import { longStatusNames } from '../../../../webhook/core/secrets/status-names.ts';
import { manifest } from '../../../support/statefulset.ts';

const planFor = (name: string) => ({
  entries: [{ volume: 'zonekeeper-secrets', class: name, path: '/a' }],
  containers: undefined,
});

t.test('POD-NAMESPACE-CLASS has 253 characters at most, for the highest ordinal', async (t) => {
  // mysql- 99999 -shop- and the class: 6 + 5 + 6 + 236
  t.same(longStatusNames(manifest(), 'shop', planFor('a'.repeat(236))), []);
  t.match(longStatusNames(manifest(), 'shop', planFor('a'.repeat(237))), [
    { code: 'ZK119', found: /254 characters/ },
  ]);
  const far = manifest({ spec: { ordinals: { start: 1_000_000 } } });
  t.match(longStatusNames(far, 'shop', planFor('a'.repeat(235))), [{ found: /254 characters/ }]);
});

t.test('without secrets, or a name, there is nothing to be too long', async (t) => {
  t.same(longStatusNames(manifest(), 'shop', undefined), []);
  const unnamed = { ...manifest(), metadata: { generateName: 'db-' } };
  t.same(longStatusNames(unnamed, 'shop', planFor('a')), []);
  t.equal(
    longStatusNames({ ...unnamed, metadata: {} }, 'shop', planFor('a'.repeat(242))).length,
    1,
  );
});
