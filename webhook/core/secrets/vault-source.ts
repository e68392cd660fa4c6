import { z } from 'zod';

/** Rule of the provider for the name of a vault (secrets-store-csi-driver-provider-azure v1.8, pkg/provider). */
export const VAULT_NAME = /^[-A-Za-z0-9]{3,24}$/;

/** A tenant or a client. */
export const GUID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/**
 * Who reads the vault: the pod through a federated credential of a managed identity, the pod through an identity binding of
 * AKS, or a managed identity of the node.
 */
export const IDENTITY_MODES = [
  'workload-identity',
  'identity-binding',
  'vm-managed-identity',
] as const;
export type IdentityMode = (typeof IDENTITY_MODES)[number];

/** The provider's names of clouds. AzureStackCloud is not among them: it needs a file within the provider's own pods. */
export const CLOUD_NAMES = [
  'AzurePublicCloud',
  'AzureUSGovernmentCloud',
  'AzureChinaCloud',
  'AzureGermanCloud',
] as const;
export type CloudName = (typeof CLOUD_NAMES)[number];

/** A key vault and how it is reached: all of a made SecretProviderClass but the objects. */
export interface VaultSource {
  readonly vault: string;
  readonly tenant: string;
  readonly identity: IdentityMode;
  /** Of the managed identity; may be absent only with `vm-managed-identity`: then it is the node's only one. */
  readonly client?: string;
  /** Absent: the public cloud. */
  readonly cloud?: CloudName;
}

/** The same with a service principal besides, whose credentials are in a Secret that the volume names. */
export type ClassSource = Omit<VaultSource, 'identity'> & {
  readonly identity: IdentityMode | 'service-principal';
};

/** A SecretProviderClass that was made for a set, as its marker remembers it; the objects are those of the request. */
export interface VaultEntry extends VaultSource {
  readonly class: string;
}

/** Nothing is believed that zonekeeper could not have written. */
export const vaultEntrySchema = z.looseObject({
  class: z
    .string()
    .max(253)
    .regex(/^zonekeeper(-[a-z0-9]+)*-[0-9a-f]{10}$/),
  vault: z.string().regex(VAULT_NAME),
  tenant: z.string().regex(GUID),
  identity: z.enum(IDENTITY_MODES),
  client: z.string().regex(GUID).optional(),
  cloud: z.enum(CLOUD_NAMES).optional(),
});
