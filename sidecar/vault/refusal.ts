import type { NoToken, VaultCredentials } from './credential.ts';
import type { Collection, Identifier } from './identifier.ts';
import { type VaultReason, vaultReason } from './messages.ts';
import type { VerdictState } from './verdict.ts';
import type { Exchange } from './wire.ts';

/** Why an object was not handed out, and what that means for its file. */
export interface Refusal extends VaultReason {
  readonly state: VerdictState;
  /** Who else need not be asked in this round: nobody, all of this vault, or all. */
  readonly reach: 'object' | 'vault' | 'round';
}

/** What is known when a request for an object failed. */
export interface Failure {
  readonly object: Identifier;
  readonly client: string;
  readonly tenant: string;
  /** The last request that was made for it, if any was. */
  readonly exchange: Exchange | undefined;
  readonly noToken: NoToken | undefined;
  /** Whether the client says that it failed by an answer; if not, it may have turned down what was answered. */
  readonly answered: boolean;
}

/** What a failed request for an object comes to. */
export function refusalOf(failure: Failure): Refusal {
  const { exchange, noToken } = failure;
  if (noToken === 'tenant' || noToken === 'file') return notAsked(failure, noToken);
  if (exchange?.failure !== undefined) return unreachable(exchange, exchange.failure);
  if (exchange?.status === 429) return ofAll(vaultReason('ZK860', { host: exchange.host }));
  if (noToken === 'refused' || exchange?.party === 'identity') return identityRefused(failure);
  return vaultRefused(failure);
}

/** Of a pod that has no workload identity. */
export function withoutIdentity(given: VaultCredentials): Refusal {
  const missing = [
    ...(given.tenantId ? [] : ['AZURE_TENANT_ID']),
    ...(given.clientId ? [] : ['AZURE_CLIENT_ID']),
    ...(given.tokenFile ? [] : ['AZURE_FEDERATED_TOKEN_FILE']),
  ];
  return ofAll(vaultReason('ZK862', { detail: `${missing.join(', ')} not set` }));
}

function notAsked({ object, tenant }: Failure, why: 'tenant' | 'file'): Refusal {
  return why === 'tenant'
    ? ofVault(vaultReason('ZK864', { vault: object.host, tenant }))
    : ofAll(vaultReason('ZK862', { detail: 'its token file cannot be read' }));
}

function identityRefused({ exchange, client }: Failure): Refusal {
  const { host, status, error } = exchange?.party === 'identity' ? exchange : {};
  return host !== undefined && error === undefined
    ? ofAll(vaultReason('ZK867', { host, reason: `${status}` }))
    : ofAll(vaultReason('ZK861', { client, reason: error ?? 'no token' }));
}

function vaultRefused({ object, client, tenant, exchange, answered }: Failure): Refusal {
  const vault = object.host;
  const { status, error } = exchange ?? {};
  if (status === 401 && !answered) return ofVault(vaultReason('ZK863', { vault }));
  // Without a code of Key Vault it is something in between that refuses.
  if (status === 401 && error) return ofVault(vaultReason('ZK864', { vault, tenant }));
  if (status === 403 && error) return forbidden(object, client, error);
  if (status === 404 && NOT_FOUND.test(error ?? '')) {
    return { ...vaultReason('ZK853', { object: object.label }), ...ORPHANED };
  }
  return unexpected(vault, status, error);
}

function unexpected(host: string, status = 0, error?: string): Refusal {
  const shown = [status === 0 ? 'none' : `${status}`, ...(error ? [error] : [])];
  const reason = vaultReason('ZK867', { host, reason: shown.join(' ') });
  return { ...reason, state: 'unknown', reach: status >= 500 ? 'vault' : 'object' };
}

const ORPHANED = { state: 'orphaned', reach: 'object' } as const;
const NOT_FOUND = /^(?:Secret|Certificate|Key)NotFound$/;
const DISABLED = /^(?:Secret|Certificate|Key)Disabled$/;
const NETWORK = /^ForbiddenBy(?:Connection|Firewall|NetworkSecurityPerimeter)$/;

/** What the pod's identity needs, as role or as permission; "Provide access to Key Vault with Azure RBAC". */
const ACCESS: Readonly<Record<Collection, { role: string; permission: string }>> = {
  secrets: { role: 'Key Vault Secrets User', permission: 'secrets/get' },
  certificates: { role: 'Key Vault Certificate User', permission: 'certificates/get' },
  keys: { role: 'Key Vault Crypto User', permission: 'keys/get' },
};

function forbidden(object: Identifier, client: string, reason: string): Refusal {
  if (DISABLED.test(reason)) {
    return { ...vaultReason('ZK852', { object: object.label }), ...ORPHANED };
  }
  if (NETWORK.test(reason)) {
    return ofVault(vaultReason('ZK857', { vault: object.host, reason }));
  }
  const access = ACCESS[object.collection];
  const values = { client, object: object.label, ...access };
  return { ...vaultReason('ZK856', values), state: 'unknown', reach: 'object' };
}

/** Codes of OpenSSL and of Node for certificates that do not prove who answers. */
const UNTRUSTED = /^(?:ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|HOSTNAME_)/;

function unreachable({ party, host }: Exchange, failure: string): Refusal {
  const code = UNTRUSTED.test(failure) ? 'ZK859' : 'ZK858';
  const reason = vaultReason(code, { host, failure });
  return party === 'identity' ? ofAll(reason) : ofVault(reason);
}

function ofVault(reason: VaultReason): Refusal {
  return { ...reason, state: 'unknown', reach: 'vault' };
}

function ofAll(reason: VaultReason): Refusal {
  return { ...reason, state: 'unknown', reach: 'round' };
}
