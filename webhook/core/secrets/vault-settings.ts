import { z } from 'zod';
import { CLOUD_NAMES, GUID, IDENTITY_MODES, VAULT_NAME } from './vault-source.ts';

const vaultName = z.string().regex(VAULT_NAME, {
  error: 'expected the name of a vault: 3 to 24 letters, digits and hyphens',
});
const guid = z.string().regex(GUID, {
  error: 'expected a GUID such as 01234567-89ab-cdef-0123-456789abcdef',
});

/** `keyVault` of a profile: what a made SecretProviderClass takes where no annotation says otherwise. */
export const vaultSettings = z
  .strictObject({
    name: vaultName.optional().meta({ description: 'Vault of sets that name none.' }),
    tenantId: guid.optional().meta({ description: 'Tenant of the vault.' }),
    clientId: guid.optional().meta({
      description:
        'Client id of the managed identity that reads the vault. Only `vm-managed-identity` goes without: then the node has one identity.',
    }),
    identity: z.enum(IDENTITY_MODES).default('workload-identity').meta({
      description:
        'Who reads the vault: `workload-identity` (the pod, by a federated credential), `identity-binding` (the pod, by an identity binding of AKS; provider 1.8.1 and later) or `vm-managed-identity` (the node). No annotation changes it.',
    }),
    cloudName: z.enum(CLOUD_NAMES).optional().meta({
      description:
        'The provider’s name of the cloud; default: the public one. No annotation changes it.',
    }),
  })
  .prefault({});

/** The part of `allowed` that bounds annotations about secrets. */
export const vaultBounds = {
  keyVaults: z
    .array(vaultName)
    .meta({ description: 'Vaults that the annotation `key-vault` may name.' }),
  tenantIds: z
    .array(guid)
    .meta({ description: 'Tenants that the annotation `tenant-id` may name.' }),
  clientIds: z
    .array(guid)
    .meta({ description: 'Identities that the annotation `client-id` may name.' }),
};
