import type { ObjectType } from '../secrets/vault-object.ts';
import type { CloudName } from '../secrets/vault-source.ts';
import type { Identity, MountedFile } from './mounted.ts';

interface Cloud {
  readonly vaults: string;
  /** Where an identity signs in; absent: where the client library does by itself. */
  readonly authority?: string;
}

/** Names by which clouds are reached (Azure/go-autorest v14, autorest/azure/environments.go). */
const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
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

const COLLECTIONS: Readonly<Record<ObjectType, string>> = {
  secret: 'secrets',
  key: 'keys',
  cert: 'certificates',
};

/** An object of a vault as it is mounted. */
export interface StoredObject {
  readonly type: ObjectType;
  readonly name: string;
  readonly version?: string;
  readonly file: string;
  readonly encoding?: 'hex' | 'base64';
}

/** The file of an object, with the identifier by which Key Vault knows it. */
export function mountedFile(
  { type, name, version, file, encoding }: StoredObject,
  vault: string,
  cloud: CloudName = 'AzurePublicCloud',
): MountedFile {
  const host = `${vault.toLowerCase()}.${CLOUDS[cloud].vaults}`;
  const id = [host, COLLECTIONS[type], name, version].filter((part) => part !== undefined);
  const decoded = encoding === undefined ? '' : `#${encoding}`;
  return {
    file,
    isText: type === 'secret' && encoding === undefined,
    source: `https://${id.join('/')}${decoded}`,
  };
}

export function identityIn(
  clientId: string,
  tenantId: string,
  cloud: CloudName = 'AzurePublicCloud',
): Identity {
  return { clientId, tenantId, authority: CLOUDS[cloud].authority };
}
