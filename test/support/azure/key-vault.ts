import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EntraId, LOGIN_HOST } from './entra-id.ts';
import { type Fault, misbehave } from './fault.ts';

/** A version of an object, with the fields of the service. */
export interface StoredVersion {
  readonly version: string;
  enabled: boolean;
  /** What is merged into the answer: `value`, `contentType`, `kid` of a secret; `cer` of a certificate; `key` of a key. */
  readonly fields: object;
  /** Seconds since the epoch. */
  readonly expires: number | undefined;
}

type Collection = 'secrets' | 'certificates' | 'keys';

const KINDS = { secrets: 'Secret', certificates: 'Certificate', keys: 'Key' } as const;

/** The only version of the API that is spoken: newer ones come to some clouds later than to others. */
const API_VERSION = '7.4';

/**
 * The part of Key Vault that reads: 401 with a challenge first, then versions, and refusals in the service's own shape. It
 * hands out an expired object and no disabled one, as the service does.
 */
export class TestKeyVault {
  /** What happens instead of an answer, by path such as `/secrets/password` or for all as `*`. */
  readonly faults = new Map<string, Fault>();
  /** Path of every request, with `+` before it if it bore a token. */
  readonly requests: string[] = [];
  /** Sent with 401. */
  challenge: string;
  /** The connections that requests came over. */
  readonly connections = new Set<object>();
  /** How many requests were under way at once at most. */
  concurrency = 0;
  #underWay = 0;
  readonly #entraId: EntraId;
  readonly #objects = new Map<string, StoredVersion[]>();

  constructor(entraId: EntraId, tenantId: string) {
    this.#entraId = entraId;
    this.challenge = challengeFor(tenantId, 'https://vault.azure.net');
  }

  /** Adds a version and returns its name. */
  set(path: string, fields: object, { expires }: { expires?: number } = {}): string {
    const version = randomBytes(16).toString('hex');
    const stored = { version, enabled: true, fields, expires };
    this.#objects.set(path, [...(this.#objects.get(path) ?? []), stored]);
    return version;
  }

  setSecret(name: string, value: string, fields: object = {}): string {
    return this.set(`/secrets/${name}`, { value, ...fields });
  }

  disable(path: string): void {
    for (const version of this.#objects.get(path) ?? []) version.enabled = false;
  }

  delete(path: string): void {
    this.#objects.delete(path);
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    this.connections.add(request.socket);
    this.#underWay += 1;
    this.concurrency = Math.max(this.concurrency, this.#underWay);
    response.once('close', () => {
      this.#underWay -= 1;
    });
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const path = url.pathname.replace(/\/$/, '');
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    this.requests.push(`${token === undefined ? '' : '+'}${path}`);
    const fault = this.faults.get(path) ?? this.faults.get('*');
    misbehave(response, fault ?? this.#answerTo(url, path, token));
  }

  #answerTo(url: URL, path: string, token: string | undefined): Fault {
    if (url.searchParams.get('api-version') !== API_VERSION) return refusal(400, 'BadParameter');
    if (
      token === undefined ||
      this.#entraId.scopeOf(token) !== 'https://vault.azure.net/.default'
    ) {
      const body = { error: { code: 'Unauthorized', message: 'a token is needed' } };
      return { status: 401, headers: { 'www-authenticate': this.challenge }, body };
    }
    const [, collection, name, wanted] = path.split('/') as [string, Collection, string, string?];
    const kind = KINDS[collection];
    const versions = this.#objects.get(`/${collection}/${name}`) ?? [];
    const found = wanted ? versions.find(({ version }) => version === wanted) : versions.at(-1);
    if (!found) return refusal(404, `${kind}NotFound`);
    if (!found.enabled) return refusal(403, 'Forbidden', `${kind}Disabled`);
    const { version, fields, expires: exp } = found;
    const id = `${url.origin}/${collection}/${name}/${version}`;
    const attributes = { enabled: true, exp, recoveryLevel: 'Recoverable+Purgeable' };
    return { status: 200, body: { id, attributes, ...fields } };
  }
}

export function challengeFor(tenantId: string, resource: string): string {
  return `Bearer authorization="https://${LOGIN_HOST}/${tenantId}", resource="${resource}"`;
}

/** A refusal as the service words it. */
export function refusal(
  status: number,
  code: string,
  inner?: string,
  headers: Record<string, string> = {},
): Fault {
  const innererror = inner === undefined ? {} : { innererror: { code: inner } };
  return { status, headers, body: { error: { code, message: 'as told', ...innererror } } };
}
