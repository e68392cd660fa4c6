import t from 'tap';
import { AnnotationReader } from '../../../../webhook/core/annotation-reader.ts';
import { sentence } from '../../../../webhook/core/problems.ts';
import { readVault } from '../../../../webhook/core/secrets/vault-request.ts';
import { profiles } from '../../../support/context.ts';
import { CLIENT, OTHER_CLIENT, TENANT, VAULT_ASKS, vaultProfile } from '../../../support/vault.ts';

const BARE = profiles({}).profiles.default;

function read(asks: Record<string, string>, settings = BARE) {
  const reader = new AnnotationReader(asks);
  const request = readVault(reader, 'default', settings);
  return { request, problems: reader.problems.map(sentence) };
}

t.test('annotations tell all of a vault', async (t) => {
  const { request, problems } = read(VAULT_ASKS);
  t.same(problems, []);
  t.match(request, {
    vault: { value: 'contoso-prod', origin: 'annotation' },
    tenant: { value: TENANT, origin: 'annotation' },
    client: { value: CLIENT, origin: 'annotation' },
    identity: 'workload-identity',
    cloud: undefined,
    objects: [{ name: 'mysql-root-password' }, { type: 'cert', file: 'tls/ca.pem' }],
  });
});

t.test('what they leave open the profile tells, identity and cloud always', async (t) => {
  const changes = { identity: 'identity-binding', cloudName: 'AzureChinaCloud' };
  const settings = vaultProfile(changes).profiles.default;
  const { request, problems } = read({ secrets: 'a', 'client-id': OTHER_CLIENT }, settings);
  t.same(problems, []);
  t.match(request, {
    vault: { value: 'contoso-prod', origin: 'profile' },
    tenant: { value: TENANT, origin: 'profile' },
    client: { value: OTHER_CLIENT, origin: 'annotation' },
    identity: 'identity-binding',
    cloud: 'AzureChinaCloud',
  });
});

t.test('without objects nothing is asked for, and nothing missed', async (t) => {
  t.same(read({ 'key-vault': 'contoso-prod' }), { request: undefined, problems: [] });
});

t.test('whatever the provider would miss is missed at once', async (t) => {
  t.match(read({ secrets: 'a' }).problems, [/^ZK112 /, /^ZK113 .*workload-identity/, /^ZK114 /]);
  const wrong = { secrets: 'a', 'key-vault': 'x', 'tenant-id': 'x', 'client-id': 'x' };
  t.match(read(wrong).problems, [/^ZK103 .*key-vault/, /^ZK103 .*tenant-id/, /^ZK103 .*client-id/]);
});

t.test('the node’s identity needs no client, and may have one', async (t) => {
  const keyVault = { name: 'contoso-prod', tenantId: TENANT, identity: 'vm-managed-identity' };
  const settings = profiles({ default: { keyVault } }).profiles.default;
  t.same(read({ secrets: 'a' }, settings).problems, []);
  t.match(read({ secrets: 'a', 'client-id': CLIENT }, settings).request, {
    client: { value: CLIENT },
  });
});

t.test('of an unknown profile nothing is missed: that it is unknown is the problem', async (t) => {
  const reader = new AnnotationReader({ secrets: 'a' });
  readVault(reader, 'x', undefined);
  t.same(reader.problems, []);
});
