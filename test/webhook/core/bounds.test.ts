import t from 'tap';
import { outOfBounds } from '../../../webhook/core/bounds.ts';
import { readRequest } from '../../../webhook/core/request.ts';
import { prefixed } from '../../support/arbitraries/annotations.ts';
import { contextWith, profiles } from '../../support/context.ts';
import { OTHER_CLIENT, VAULT_ASKS, vaultProfile } from '../../support/vault.ts';

function keysOf(asks: Readonly<Record<string, string>>, allowed: object): string[] {
  const { request } = readRequest(
    prefixed(asks),
    'shop',
    contextWith({ configuration: vaultProfile() }),
  );
  if (request === undefined) throw new Error('refused');
  const settings = profiles({ default: { allowed } }).profiles.default;
  return outOfBounds(request, settings).map(({ found }) => found.split(' ')[1] ?? '');
}

t.test('each list bounds its annotation', async (t) => {
  const nothing = {
    storageClasses: [],
    schedulerNames: [],
    keyVaults: [],
    tenantIds: [],
    clientIds: [],
    secretProviderClasses: [],
    mountPaths: [],
    proximityPlacementGroups: [],
  };
  const asks = {
    ...VAULT_ASKS,
    'storage-class': 'a',
    'scheduler-name': 'b',
    'secret-provider-class': 'c',
    'mount-path': '/d',
    'proximity-placement-group': 'e',
  };
  const { inject, secrets, ...bounded } = asks;
  const found = keysOf(asks, nothing);
  t.same(found.sort(), Object.keys(prefixed(bounded)).sort());
  t.same(keysOf(asks, {}), []);
});

t.test('what comes of the profile is its own business', async (t) => {
  const asks = { inject: 'true', secrets: 'a' };
  t.same(
    keysOf(asks, { keyVaults: [], tenantIds: [], clientIds: [OTHER_CLIENT], mountPaths: [] }),
    [],
  );
});
