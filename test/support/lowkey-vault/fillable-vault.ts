import { SecretClient } from '@azure/keyvault-secrets';
import { API_VERSION } from '../../../sidecar/vault/api-version.ts';
import type { FillableVault } from '../azure/comparisons.ts';

/** lowkey-vault takes any token. */
const CREDENTIAL = {
  getToken: async () => ({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};

/** A vault that is filled as an administrator would, through Azure's client. */
export function fillableVault(url: string): FillableVault {
  const client = new SecretClient(url, CREDENTIAL, { serviceVersion: API_VERSION });
  return {
    url,
    set: async (name, value) => {
      const { properties } = await client.setSecret(name, value);
      return properties.version ?? '';
    },
    disable: async (name) => {
      for await (const { version } of client.listPropertiesOfSecretVersions(name)) {
        await client.updateSecretProperties(name, version ?? '', { enabled: false });
      }
    },
    delete: async (name) => {
      await client.beginDeleteSecret(name);
    },
  };
}
