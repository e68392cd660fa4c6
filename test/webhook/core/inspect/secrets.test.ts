import t from 'tap';
import { inspectSecrets } from '../../../../webhook/core/inspect/secrets.ts';
import type { Marker } from '../../../../webhook/core/marker.ts';
import type { ClusterView } from '../../../../webhook/core/view.ts';
import { inspected } from '../../../support/inspected.ts';
import { manifest } from '../../../support/statefulset.ts';
import { TENANT } from '../../../support/vault.ts';

const MARKER: Marker = {
  v: 1,
  secrets: [
    { volume: 'zonekeeper-secrets-a', class: 'a', path: '/a' },
    { volume: 'zonekeeper-secrets-b', class: 'b', path: '/b' },
  ],
};

function warnings(view: ClusterView, marker?: Marker) {
  return inspectSecrets(inspected(manifest(), view, marker));
}

t.test('a class that does not exist in the namespace is told of', async (t) => {
  const secretProviderClasses = new Map([
    ['shop/a', { provider: 'azure' }],
    ['bank/b', { provider: 'azure' }],
  ]);
  t.match(warnings({ secretProviderClasses }, MARKER), [
    { code: 'ZK223', found: 'SecretProviderClass "b" does not exist in namespace "shop"' },
  ]);
});

t.test('a class of another provider, or one that is refused, is told of', async (t) => {
  const secretProviderClasses = new Map([
    ['shop/a', { provider: 'vault' }],
    ['shop/b', { provider: 'azure', refused: 'objects is not set' }],
  ]);
  t.match(warnings({ secretProviderClasses }, MARKER), [
    { code: 'ZK232', found: /"a" has provider "vault"/ },
    { code: 'ZK235', found: /"b" is refused .*: objects is not set/ },
  ]);
});

t.test('the class that zonekeeper makes is not missed', async (t) => {
  const vault = {
    class: 'a',
    vault: 'v',
    tenant: TENANT,
    identity: 'vm-managed-identity',
  } as const;
  const found = warnings({ secretProviderClasses: new Map() }, { ...MARKER, vault });
  t.match(found, [{ found: /"b" does not exist/ }]);
  t.equal(found.length, 1);
});

t.test('nothing is said of what was not put in, or is not known', async (t) => {
  t.same(warnings({}, MARKER), []);
  t.same(warnings({ secretProviderClasses: new Map() }, { v: 1 }), []);
  t.same(warnings({ secretProviderClasses: new Map() }), []);
});
