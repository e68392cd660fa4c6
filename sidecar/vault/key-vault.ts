import type { KeyVaultSecret, SecretClient } from '@azure/keyvault-secrets';
import { API_VERSION } from './api-version.ts';
import { secretBytes } from './content.ts';
import { type CompleteCredentials, GuardedCredential } from './credential.ts';
import type { Identifier } from './identifier.ts';
import type { VerifierClock } from './pace.ts';
import { pkcs12Identity } from './pkcs12.ts';
import { publicHalf } from './public-half.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import type { BeginRound, Encoding, Round, VaultItem } from './round.ts';
import { Wire } from './wire.ts';

interface Azure {
  readonly rest: typeof import('@azure/core-rest-pipeline');
  readonly secrets: typeof import('@azure/keyvault-secrets');
  readonly credentials: CompleteCredentials;
  readonly credential: GuardedCredential;
  readonly wire: Wire;
}

/**
 * Rounds of questions to Key Vault with Azure's own clients, which are loaded now: about 60 ms and 20 MB that a sidecar
 * without verification never pays.
 */
export async function connectKeyVault(
  credentials: CompleteCredentials,
  clock: VerifierClock,
  requestTimeout: number,
): Promise<BeginRound> {
  const [identity, secrets, rest] = await Promise.all([
    import('@azure/identity'),
    import('@azure/keyvault-secrets'),
    import('@azure/core-rest-pipeline'),
  ]);
  const wire = new Wire(clock, requestTimeout);
  const credential = new GuardedCredential(identity, credentials, wire);
  return (signal) => new KeyVaultRound({ rest, secrets, credentials, credential, wire }, signal);
}

/**
 * Tokens outlive a round, connections and clients do not: a client whose token is about to expire goes on asking for
 * another every three seconds in the background for as long as it is refused.
 */
class KeyVaultRound implements Round {
  readonly #azure: Azure;
  readonly #signal: AbortSignal;
  readonly #clients = new Map<string, SecretClient>();

  constructor(azure: Azure, signal: AbortSignal) {
    this.#azure = azure;
    this.#signal = signal;
    azure.wire.open(signal);
  }

  get requests(): number {
    return this.#azure.wire.requests;
  }

  get patience(): number {
    return this.#azure.wire.patience;
  }

  end(): void {
    this.#azure.wire.close();
  }

  async ask(object: Identifier, encoding: Encoding): Promise<VaultItem | Refusal> {
    this.#azure.wire.forget();
    this.#azure.credential.forget();
    try {
      this.#signal.throwIfAborted();
      return object.collection === 'secrets'
        ? await this.#secret(object, encoding)
        : await this.#publicHalf(object);
    } catch (error) {
      this.#signal.throwIfAborted();
      return this.#refusal(object, error);
    }
  }

  async #secret({ vault, name, version }: Identifier, encoding: Encoding): Promise<VaultItem> {
    const options = version === undefined ? {} : { version };
    const { value, properties } = await this.#client(vault).getSecret(name, options);
    const convertible = isPkcs12(properties);
    return {
      content: secretBytes(value ?? '', encoding),
      convertible,
      certificate: convertible ? await pkcs12Identity(value ?? '') : undefined,
      expiresOn: properties.expiresOn,
    };
  }

  async #publicHalf(object: Identifier): Promise<VaultItem> {
    const { rest, credential, wire } = this.#azure;
    return publicHalf(rest, { credential, wire: wire.policy('vault') }, object);
  }

  #client(vault: string): SecretClient {
    const known = this.#clients.get(vault);
    if (known) return known;
    const { secrets, credential, wire } = this.#azure;
    const client = new secrets.SecretClient(vault, credential, {
      serviceVersion: API_VERSION,
      retryOptions: { maxRetries: 0 },
      redirectOptions: { maxRetries: 0 },
      additionalPolicies: [{ policy: wire.policy('vault'), position: 'perRetry' }],
    });
    this.#clients.set(vault, client);
    return client;
  }

  #refusal(object: Identifier, error: unknown): Refusal {
    const { wire, credential, credentials } = this.#azure;
    return refusalOf({
      object,
      client: credentials.clientId,
      tenant: credentials.tenantId,
      exchange: wire.last,
      noToken: credential.noToken,
      answered: (error as { statusCode?: unknown }).statusCode !== undefined,
    });
  }
}

/** Only what belongs to a certificate is converted; a secret that merely says that it is PKCS #12 is not. */
function isPkcs12({ certificateKeyId, contentType }: KeyVaultSecret['properties']): boolean {
  return certificateKeyId !== undefined && contentType === 'application/x-pkcs12';
}
