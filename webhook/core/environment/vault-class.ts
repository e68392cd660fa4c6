import type { VaultObject } from '../secrets/vault-object.ts';
import type { VaultRequest } from '../secrets/vault-request.ts';
import type { CloudName } from '../secrets/vault-source.ts';
import type { Identity, MountedFile } from './mounted.ts';

/** Where a cloud keeps its vaults and signs in (Azure/go-autorest, autorest/azure/environments.go). */
const CLOUDS: Readonly<
  Record<CloudName, { readonly vaults: string; readonly authority?: string }>
> = {
  AzurePublicCloud: { vaults: 'vault.azure.net' },
  AzureUSGovernmentCloud: {
    vaults: 'vault.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us/',
  },
  AzureChinaCloud: { vaults: 'vault.azure.cn', authority: 'https://login.chinacloudapi.cn/' },
  AzureGermanCloud: {
    vaults: 'vault.microsoftazure.de',
    authority: 'https://login.microsoftonline.de/',
  },
};

const COLLECTIONS = { secret: 'secrets', key: 'keys', cert: 'certificates' } as const;

/** The files of the class that zonekeeper makes for a request. */
export function vaultFiles({
  vault,
  cloud = 'AzurePublicCloud',
  objects,
}: VaultRequest): MountedFile[] {
  const host = `${vault.value.toLowerCase()}.${CLOUDS[cloud].vaults}`;
  return objects.map((object) => ({
    file: object.file,
    type: object.type,
    source: `https://${host}/${identifier(object)}`,
  }));
}

/** Who the sidecar signs in as to read the same vault; only a federated credential can be used from a pod itself. */
export function vaultIdentity({
  client,
  tenant,
  identity,
  cloud,
}: VaultRequest): Identity | undefined {
  if (identity !== 'workload-identity' || client.value === undefined) return undefined;
  const { authority } = CLOUDS[cloud ?? 'AzurePublicCloud'];
  return { clientId: client.value, tenantId: tenant.value, authority };
}

function identifier({ type, name, version }: VaultObject): string {
  return [COLLECTIONS[type], name, version].filter((part) => part !== undefined).join('/');
}
