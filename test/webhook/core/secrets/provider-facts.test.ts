import t from 'tap';
import { providerFacts } from '../../../../webhook/core/secrets/provider-facts.ts';
import { CLIENT, TENANT } from '../../../support/vault.ts';

const SOUND = {
  keyvaultName: 'contoso-prod',
  tenantID: TENANT,
  clientID: CLIENT,
  objects: 'array:\n  - |\n    objectName: root\n    objectType: secret\n',
};

function refused(changes: Record<string, string | undefined>): string | undefined {
  const all = Object.entries({ ...SOUND, ...changes });
  const given = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return providerFacts('azure', Object.fromEntries(given)).refused;
}

t.test('of a class its vault, tenant, identity and files are kept, and no more', async (t) => {
  t.strictSame(providerFacts('azure', { ...SOUND, cloudName: 'AzurePublicCloud' }), {
    provider: 'azure',
    vault: 'contoso-prod',
    tenant: TENANT,
    client: CLIENT,
    federated: true,
    cloud: 'AzurePublicCloud',
    objects: [{ type: 'secret', name: 'root', file: 'root' }],
  });
  t.strictSame(providerFacts('vault', { objects: 'anything' }), { provider: 'vault' });
  t.strictSame(providerFacts('', {}), { provider: '' });
});

t.test('the old spelling of the tenant is read, and a node’s identity', async (t) => {
  const { tenantID, clientID, ...others } = SOUND;
  const old = { ...others, tenantId: TENANT, userAssignedIdentityID: CLIENT };
  t.match(providerFacts('azure', old), { tenant: TENANT, client: CLIENT, refused: undefined });
});

t.test(
  'only a client that no other mode of identity stands beside is one of the pod',
  async (t) => {
    const federated = (changes: object) =>
      providerFacts('azure', { ...SOUND, ...changes }).federated;
    t.equal(federated({}), true);
    t.equal(federated({ clientID: '', userAssignedIdentityID: CLIENT }), undefined);
    for (const mode of ['usePodIdentity', 'useVMManagedIdentity', 'useAzureTokenProxy']) {
      t.equal(federated({ [mode]: 'true' }), undefined, mode);
      t.equal(federated({ [mode]: 'false' }), true, mode);
    }
  },
);

/** In the words of the provider, as users meet them in the events of a pod. */
const REFUSALS: readonly (readonly [Record<string, string | undefined>, RegExp])[] = [
  [{ keyvaultName: undefined }, /^keyvaultName is not provided$/],
  [{ keyvaultName: ' ' }, /^keyvaultName is not provided$/],
  [{ keyvaultName: 'a_b' }, /^invalid vault name "a_b"$/],
  [{ keyvaultName: 'a'.repeat(25) }, /^invalid vault name/],
  [{ tenantID: '' }, /^tenantID is not provided$/],
  [{ objects: undefined }, /^objects is not set$/],
  [{ useVMManagedIdentity: 'yes' }, /^useVMManagedIdentity is neither true nor false$/],
  [{ useVMManagedIdentity: 'true', useAzureTokenProxy: '1' }, /^only one identity mode/],
  [{ usePodIdentity: 'T', useVMManagedIdentity: 'TRUE' }, /^only one identity mode/],
  [{ cloudName: 'Azure' }, /^cloudName "Azure" is not valid$/],
  [{ objects: 'array: []' }, /^objects lists nothing$/],
  [{ objects: 'root' }, /^objects has no array$/],
  [{ objects: '{' }, /^objects has no array$/],
  [{ objects: 'x'.repeat(200_001) }, /^objects has no array$/],
  [{ objects: 'array:\n- objectName: a\n' }, /^an entry of objects is no string; write - \|$/],
];

t.test('what the provider refuses is known before a pod meets it', async (t) => {
  t.equal(refused({}), undefined);
  t.equal(refused({ cloudName: 'azurechinacloud', useVMManagedIdentity: 'False' }), undefined);
  for (const [changes, reason] of REFUSALS) t.match(refused(changes), reason);
});
