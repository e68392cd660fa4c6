import t from 'tap';
import { inspectServiceAccount } from '../../../../webhook/core/inspect/service-account.ts';
import type { IdentityMode } from '../../../../webhook/core/secrets/vault-source.ts';
import type { ServiceAccountFacts } from '../../../../webhook/core/view.ts';
import { inspected } from '../../../support/inspected.ts';
import { manifest } from '../../../support/statefulset.ts';
import { CLIENT, OTHER_CLIENT, TENANT } from '../../../support/vault.ts';

function found(
  accounts: Readonly<Record<string, ServiceAccountFacts>> | undefined,
  pod: Readonly<Record<string, unknown>> = {},
  identity: IdentityMode = 'workload-identity',
) {
  const vault = { class: 'a', vault: 'v', tenant: TENANT, identity, client: CLIENT };
  const view = accounts && { serviceAccounts: new Map(Object.entries(accounts)) };
  return inspectServiceAccount(inspected(manifest({ pod }), view ?? {}, { v: 1, vault }));
}

t.test('an account that is annotated for another identity is told of', async (t) => {
  t.match(found({ 'shop/default': { client: OTHER_CLIENT } }), [
    { code: 'ZK233', found: /"default" is annotated for client fedc/, expected: /^0123/ },
  ]);
  const pod = { serviceAccountName: 'db' };
  t.match(found({ 'shop/db': { client: OTHER_CLIENT } }, pod), [{ found: /account "db"/ }]);
});

t.test('one of the same identity, or that says nothing, is sound', async (t) => {
  t.same(found({ 'shop/default': { client: CLIENT.toUpperCase() } }), []);
  t.same(found({ 'shop/default': { tenant: TENANT }, 'bank/default': { client: 'x' } }), []);
  t.same(found({}), []);
  t.same(found(undefined), []);
});

t.test('it matters only where the account’s token reads the vault', async (t) => {
  const accounts = { 'shop/default': { client: OTHER_CLIENT } };
  t.same(found(accounts, {}, 'vm-managed-identity'), []);
  t.same(found(accounts, {}, 'identity-binding'), []);
  const view = { serviceAccounts: new Map(Object.entries(accounts)) };
  t.same(inspectServiceAccount(inspected(manifest(), view, { v: 1 })), []);
});
