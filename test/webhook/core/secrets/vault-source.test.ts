import t from 'tap';
import {
  GUID,
  IDENTITY_MODES,
  VAULT_NAME,
  vaultEntrySchema,
} from '../../../../webhook/core/secrets/vault-source.ts';
import { CLIENT, TENANT } from '../../../support/vault.ts';

t.test('a vault is called as the provider takes it', async (t) => {
  for (const name of ['abc', 'Contoso-Prod', '-a-', 'a'.repeat(24)]) t.match(name, VAULT_NAME);
  for (const name of ['ab', 'a'.repeat(25), 'a_b', 'a.b', 'abc\n', ''])
    t.notMatch(name, VAULT_NAME);
});

t.test('a GUID is one in whatever case, and nothing around it', async (t) => {
  for (const guid of [CLIENT, CLIENT.toUpperCase()]) t.match(guid, GUID);
  for (const text of [`{${CLIENT}}`, ` ${CLIENT}`, CLIENT.slice(1), 'contoso.com']) {
    t.notMatch(text, GUID);
  }
});

t.test('an entry that zonekeeper writes is read, for each identity', async (t) => {
  const entry = { class: 'zonekeeper-a-b-0123456789', vault: 'abc', tenant: TENANT };
  for (const identity of IDENTITY_MODES) {
    t.ok(vaultEntrySchema.safeParse({ ...entry, identity }).success, identity);
  }
  const named = (name: string) =>
    vaultEntrySchema.safeParse({ ...entry, class: name, identity: 'workload-identity' }).success;
  t.ok(named('zonekeeper-0123456789'));
  for (const name of [
    'zonekeeper',
    'zonekeeper--0123456789',
    'a-0123456789',
    'zonekeeper-a-012345678g',
  ])
    t.notOk(named(name), name);
});
