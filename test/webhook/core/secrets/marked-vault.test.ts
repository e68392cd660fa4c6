import t from 'tap';
import { create, markerOf, update } from '../../../support/admission.ts';
import { contextWith } from '../../../support/context.ts';
import { annotated, MARKER, manifest, withPod } from '../../../support/statefulset.ts';
import {
  CLIENT,
  OTHER_CLIENT,
  SECRETS_ONLY,
  VAULT_ASKS,
  vaultProfile,
} from '../../../support/vault.ts';

const HERE = vaultProfile();
const CONTEXT = contextWith({ configuration: HERE });

/** A set that was injected offline by a profile with those changes, and committed. */
function committed(keyVault: object, asks: Readonly<Record<string, string>> = SECRETS_ONLY) {
  const configuration = vaultProfile(keyVault);
  return create(manifest({ asks }), contextWith({ configuration, offline: true })).stored;
}

function codes(keyVault: object, allowed: object): string[] {
  const context = contextWith({ configuration: vaultProfile({}, { allowed }) });
  return create(committed(keyVault), context).mutation.denials.map(
    ({ code, found }) => `${code} ${found.split(' ')[3]}`,
  );
}

t.test('a marker may name what an annotation may', async (t) => {
  const elsewhere = { name: 'contoso-test', tenantId: CLIENT, clientId: OTHER_CLIENT };
  t.same(codes(elsewhere, {}), []);
  const allowed = { keyVaults: ['Contoso-Test', 'contoso-prod'], tenantIds: [] };
  t.same(codes(elsewhere, { ...allowed, tenantIds: undefined }), []);
});

t.test('past the bounds it is refused, and each thing is told', async (t) => {
  const elsewhere = { name: 'contoso-test', tenantId: CLIENT, clientId: OTHER_CLIENT };
  const { name, tenantId, clientId } = HERE.profiles.default?.keyVault ?? {};
  const allowed = { keyVaults: [name], tenantIds: [tenantId], clientIds: [clientId] };
  t.same(codes(elsewhere, allowed), ['ZK121 vault', 'ZK121 tenant', 'ZK121 client']);
  t.same(codes({}, allowed), [], 'what the profile itself gives is no further');
});

t.test('identity and cloud are the profile’s, for a marker too', async (t) => {
  t.same(codes({ identity: 'vm-managed-identity', cloudName: 'AzureChinaCloud' }, {}), [
    'ZK121 identity',
    'ZK121 cloud',
  ]);
});

t.test(
  'an update that brings such a marker is refused, and the stored one is not judged',
  async (t) => {
    const allowed = { keyVaults: ['contoso-prod'] };
    const bounded = contextWith({ configuration: vaultProfile({}, { allowed }) });
    const { stored } = create(manifest({ asks: SECRETS_ONLY }), CONTEXT);
    const foreign = committed({ name: 'contoso-test' });
    const brought = annotated(stored, { [MARKER]: markerOf(foreign) });
    t.match(update(brought, stored, bounded).mutation, { denials: [{ code: 'ZK121' }] });
    const changed = withPod(foreign, { hostname: 'x' });
    t.same(update(changed, foreign, bounded).mutation.denials, []);
  },
);

t.test('what annotations say was judged with them', async (t) => {
  const context = contextWith({
    configuration: vaultProfile(
      { name: 'contoso-test' },
      { allowed: { keyVaults: ['contoso-prod', 'contoso-test'] } },
    ),
  });
  t.same(create(committed({}, VAULT_ASKS), context).mutation.denials, []);
});
