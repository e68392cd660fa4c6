import { profiles } from './context.ts';

/** A tenant and identities, as annotations and profiles name them. */
export const TENANT = '89abcdef-0123-4567-89ab-cdef01234567';
export const CLIENT = '01234567-89ab-cdef-0123-456789abcdef';
export const OTHER_CLIENT = 'fedcba98-7654-3210-fedc-ba9876543210';

/** What a set asks for from a vault all by itself, keys without prefix. */
export const VAULT_ASKS = {
  inject: 'true',
  'key-vault': 'contoso-prod',
  secrets: 'mysql-root-password, tls/ca.pem=cert/web',
  'client-id': CLIENT,
  'tenant-id': TENANT,
} as const;

/** A set that leaves everything but the objects to its profile. */
export const SECRETS_ONLY = { inject: 'true', secrets: 'mysql-root-password' } as const;

export const KEY_VAULT = { name: 'contoso-prod', tenantId: TENANT, clientId: CLIENT } as const;

/** A configuration whose default profile has that vault, and those changes. */
export function vaultProfile(keyVault: object = {}, more: object = {}) {
  return profiles({ default: { keyVault: { ...KEY_VAULT, ...keyVault }, ...more } });
}
