import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Fault, misbehave } from './fault.ts';

export const LOGIN_HOST = 'login.microsoftonline.com';

/** An identity that Entra ID knows, and which service account tokens it takes as its proof. */
export interface FederatedIdentity {
  readonly tenantId: string;
  readonly clientId: string;
  readonly isProof: (assertion: string) => boolean | Promise<boolean>;
}

/** Microsoft Entra ID as far as workload identity needs it: OpenID discovery, and tokens for client assertions. */
export class EntraId {
  /** What happens instead of an answer; `undefined`: it answers. */
  fault: Fault | undefined;
  /** Seconds that tokens are valid for. */
  lifetime = 3600;
  /** Method and path of every request. */
  readonly requests: string[] = [];
  readonly #identity: FederatedIdentity;
  readonly #scopes = new Map<string, string>();

  constructor(identity: FederatedIdentity) {
    this.#identity = identity;
  }

  /** The scope of a token that was issued here. */
  scopeOf(token: string): string | undefined {
    return this.#scopes.get(token);
  }

  /** Every token that was issued. */
  get tokens(): readonly string[] {
    return [...this.#scopes.keys()];
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', `https://${LOGIN_HOST}`);
    this.requests.push(`${request.method} ${pathname}`);
    const sent = new URLSearchParams(await text(request));
    if (this.fault) return misbehave(response, this.fault);
    const [, tenant, ...rest] = pathname.split('/');
    const answer =
      tenant !== this.#identity.tenantId
        ? refusal(90002, 'tenant not found')
        : rest.at(-1) === 'openid-configuration'
          ? { status: 200, body: discovery(`https://${request.headers.host}/${tenant}`) }
          : await this.#token(sent);
    misbehave(response, answer);
  }

  async #token(sent: URLSearchParams): Promise<Exclude<Fault, string>> {
    const { clientId, isProof } = this.#identity;
    const asked =
      sent.get('grant_type') === 'client_credentials' &&
      sent.get('client_assertion_type') ===
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    if (!asked) return refusal(900144, 'the request lacks a parameter');
    if (sent.get('client_id') !== clientId) return refusal(700016, 'application not found');
    const assertion = sent.get('client_assertion') ?? '';
    if (!(await isProof(assertion))) {
      return refusal(70021, `no federated identity matches ${assertion}`);
    }
    const token = randomBytes(24).toString('base64url');
    this.#scopes.set(token, (sent.get('scope') ?? '').split(' ')[0] ?? '');
    const { lifetime } = this;
    const body = { token_type: 'Bearer', expires_in: lifetime, access_token: token };
    return { status: 200, body: { ...body, ext_expires_in: lifetime } };
  }
}

function discovery(root: string): object {
  return {
    issuer: `${root}/v2.0`,
    authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
    token_endpoint: `${root}/oauth2/v2.0/token`,
    jwks_uri: `${root}/discovery/v2.0/keys`,
  };
}

/** As Entra ID words it, with what was sent quoted, which must go no further. */
function refusal(number: number, description: string): Exclude<Fault, string> {
  const body = {
    error: number === 90002 ? 'invalid_tenant' : 'invalid_client',
    error_description: `AADSTS${number}: ${description}`,
    error_codes: [number],
  };
  return { status: number === 90002 ? 400 : 401, body };
}
