import { stat } from 'node:fs/promises';
import type {
  AccessToken,
  GetTokenOptions,
  TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import type { Wire } from './wire.ts';

/**
 * The workload identity of the pod, as the webhook of Azure Workload Identity puts it into the environment. The path of
 * the token differs from version to version of that webhook, so it is always taken from there.
 */
export interface VaultCredentials {
  /** `AZURE_TENANT_ID` */
  readonly tenantId?: string | undefined;
  /** `AZURE_CLIENT_ID` */
  readonly clientId?: string | undefined;
  /** `AZURE_FEDERATED_TOKEN_FILE` */
  readonly tokenFile?: string | undefined;
  /** `AZURE_AUTHORITY_HOST`; default: that of the public cloud. */
  readonly authorityHost?: string | undefined;
}

/** An identity of which nothing is missing. */
export interface CompleteCredentials extends VaultCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly tokenFile: string;
}

/** Why there is no token: the vault wants one of another tenant, there is no token file, or none was given for it. */
export type NoToken = 'tenant' | 'file' | 'refused';

/**
 * Workload identity that asks for no token which it could not get, and remembers why. It belongs to one tenant: a token
 * of a service account is good for no other.
 */
export class GuardedCredential implements TokenCredential {
  readonly #credential: WorkloadIdentityCredential;
  readonly #tenant: string;
  readonly #tokenFile: string;
  #noToken: NoToken | undefined;

  constructor(
    { WorkloadIdentityCredential: Credential }: typeof import('@azure/identity'),
    { tenantId, clientId, tokenFile, authorityHost }: CompleteCredentials,
    wire: Wire,
  ) {
    this.#tenant = tenantId;
    this.#tokenFile = tokenFile;
    this.#credential = new Credential({
      tenantId,
      clientId,
      tokenFilePath: tokenFile,
      ...(authorityHost ? { authorityHost } : {}),
      // The authority is the one that the cluster's administrator chose; asking a public service whether it is genuine
      // fails in private clouds and where egress is filtered.
      disableInstanceDiscovery: true,
      retryOptions: { maxRetries: 0 },
      additionalPolicies: [{ policy: wire.policy('identity'), position: 'perRetry' }],
    });
  }

  /** Why there is no token, if one was asked for in vain since `forget()`. */
  get noToken(): NoToken | undefined {
    return this.#noToken;
  }

  forget(): void {
    this.#noToken = undefined;
  }

  async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    this.#noToken = await this.#obstacle(options?.tenantId ?? this.#tenant);
    if (this.#noToken) throw new Error('no token is asked for');
    try {
      const given = { ...options, tenantId: this.#tenant };
      return forOneRound(await this.#credential.getToken(scopes, given));
    } catch (error) {
      this.#noToken = 'refused';
      throw error;
    }
  }

  async #obstacle(wantedTenant: string): Promise<NoToken | undefined> {
    if (wantedTenant.toLowerCase() !== this.#tenant.toLowerCase()) return 'tenant';
    const file = await stat(this.#tokenFile).catch(() => undefined);
    return file?.size ? undefined : 'file';
  }
}

/**
 * A client that is told of the end of a token asks for the next one in the background a while before, and if that fails,
 * nobody is there to catch it. Clients live for a round, and tokens come from a cache that replaces them minutes before
 * they end, so none needs to know.
 */
function forOneRound({ token }: AccessToken): AccessToken {
  return { token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
}
