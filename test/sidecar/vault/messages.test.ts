import t from 'tap';
import { VAULT_MESSAGES, type VaultCode, vaultReason } from '../../../sidecar/vault/messages.ts';

/** Values of ordinary length for every placeholder. */
const ORDINARY: Record<string, string> = {
  object: 'secret mysql-root-password of contoso-prod.vault.azure.net',
  when: '2026-11-21',
  encoding: 'base64',
  client: '0f8fad5b-d9cb-469f-a165-70867728950e',
  role: 'Key Vault Secrets User',
  permission: 'secrets/get',
  vault: 'contoso-prod.vault.azure.net',
  reason: 'ForbiddenByConnection',
  host: 'contoso-prod.vault.azure.net',
  failure: 'ERR_TLS_CERT_ALTNAME_INVALID',
  tenant: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  detail: 'its token file cannot be read',
};

const reasonOf = vaultReason as (
  code: VaultCode,
  values: Record<string, string>,
) => {
  reason: string;
};

t.test('every message fits into 256 characters and leaves no placeholder', async (t) => {
  for (const code of Object.keys(VAULT_MESSAGES) as VaultCode[]) {
    const { reason } = reasonOf(code, ORDINARY);
    t.ok(`${code} ${reason}`.length <= 256, `${code}: ${reason.length} characters`);
    t.notMatch(reason, /[{}]/);
  }
});

t.test('codes are of the range of verification', async (t) => {
  for (const code of Object.keys(VAULT_MESSAGES)) t.match(code, /^ZK8[56]\d$/);
});

t.test('values are shortened and freed of control characters', async (t) => {
  const { reason } = vaultReason('ZK868', { object: `a\nb\u0000${'c'.repeat(200)}` });
  t.match(reason, /a b c+…;/);
  t.notMatch(reason, /c{100}/);
});
