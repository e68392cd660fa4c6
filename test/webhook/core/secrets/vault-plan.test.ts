import t from 'tap';
import { AnnotationReader } from '../../../../webhook/core/annotation-reader.ts';
import { vaultEntry } from '../../../../webhook/core/secrets/vault-plan.ts';
import { readVault, type VaultRequest } from '../../../../webhook/core/secrets/vault-request.ts';
import { CLIENT, OTHER_CLIENT, TENANT, VAULT_ASKS, vaultProfile } from '../../../support/vault.ts';

const SETTINGS = vaultProfile().profiles.default;

function requested(asks: Record<string, string>): VaultRequest {
  const request = readVault(new AnnotationReader(asks), 'default', SETTINGS);
  if (request === undefined) throw new Error('nothing is asked for');
  return request;
}

const MARKED = {
  vault: 'contoso-test',
  tenant: OTHER_CLIENT,
  identity: 'identity-binding',
  client: OTHER_CLIENT,
  cloud: 'AzureChinaCloud',
} as const;

t.test('a request makes an entry that tells all but the objects', async (t) => {
  t.match(vaultEntry(requested(VAULT_ASKS), { name: 'mysql' }), {
    class: /^zonekeeper-mysql-/,
    vault: 'contoso-prod',
    tenant: TENANT,
    identity: 'workload-identity',
    client: CLIENT,
  });
});

t.test('a marker tells what no annotation does', async (t) => {
  t.match(vaultEntry(requested({ secrets: 'a' }), { name: 'mysql' }, MARKED), MARKED);
  t.match(vaultEntry(requested(VAULT_ASKS), { name: 'mysql' }, MARKED), {
    ...MARKED,
    vault: 'contoso-prod',
    tenant: TENANT,
    client: CLIENT,
  });
  const { client, cloud, ...anonymous } = MARKED;
  const entry = vaultEntry(requested({ secrets: 'a' }), {}, anonymous);
  t.notOk('client' in entry || 'cloud' in entry);
});

t.test('a set whose name is still to be made gives its beginning', async (t) => {
  t.match(
    vaultEntry(requested({ secrets: 'a' }), { generateName: 'db-' }).class,
    /^zonekeeper-db-\w+$/,
  );
  t.match(vaultEntry(requested({ secrets: 'a' }), {}).class, /^zonekeeper-[0-9a-f]{10}$/);
});
