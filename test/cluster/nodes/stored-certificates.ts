import { X509Certificate } from 'node:crypto';
import { hostsOf } from '../../../certs/inspect.ts';
import { issueAuthority, issueLeaf, type KeyedCertificate } from '../../../certs/issue.ts';
import { asPem, type CertState, type Keyed, readState, writeState } from '../../../certs/state.ts';
import type { Api, ApiObject } from '../api.ts';
import { until } from '../until.ts';
import { RELEASE, RELEASE_NAMESPACE } from './installed.ts';

const SECRET = `/api/v1/namespaces/${RELEASE_NAMESPACE}/secrets/${RELEASE}-tls`;
const CONFIGURATION = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${RELEASE}`;

const DAY = 24 * 60 * 60_000;

type Secret = ApiObject & { data: Record<string, string> };
type Configuration = ApiObject & { webhooks: { clientConfig: { caBundle: string } }[] };

/** The certificates of an installed webhook, as a clock that runs faster would find them. */
export class StoredCertificates {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async read(): Promise<CertState> {
    const { data } = await this.#api.expect<Secret>('GET', SECRET);
    return readState(decoded(data));
  }

  /** Resolves when what is stored is so, with what is stored. */
  async until(awaited: string, isSo: (state: CertState) => boolean): Promise<CertState> {
    const probe = async (): Promise<CertState | false> => {
      const state = await this.read();
      return isSo(state) && state;
    };
    return until(awaited, probe, 120_000);
  }

  /** Asks for a new CA, as an administrator does. */
  async askForRotation(): Promise<void> {
    const annotations = { 'zonekeeper.io/rotate-ca': 'true' };
    await this.#api.expect('PATCH', SECRET, { body: { metadata: { annotations } } });
  }

  /** The leaf is one of the same CA that was issued so many days ago. Returns it. */
  async ageLeaf(days: number): Promise<Keyed> {
    const state = await this.read();
    const { leaf, issuer } = present(state);
    const issuance = { now: Date.now() - days * DAY, lifetime: 90 * DAY };
    const aged = keyed(await issueLeaf(hostsOf(leaf.cert), asPem(issuer), issuance));
    await this.#write({ ...state, leaf: aged });
    return aged;
  }

  /** The CA that is to follow was published an hour ago, not just now. Returns it. */
  async ageNextAuthority(): Promise<Keyed> {
    const state = await this.read();
    const issuance = { now: Date.now() - DAY / 24, lifetime: 1000 * DAY };
    const next = keyed(await issueAuthority(issuance));
    const trusted = state.trusted.filter((ca) => !isSame(ca, state.next?.cert));
    await this.#write({ ...state, next, trusted: [...trusted, next.cert] });
    return next;
  }

  /** The CAs that the API server trusts. */
  async published(): Promise<readonly X509Certificate[]> {
    const { webhooks } = await this.#api.expect<Configuration>('GET', CONFIGURATION);
    const caBundle = webhooks[0]?.clientConfig.caBundle ?? '';
    return readState(decoded({ 'ca.crt': caBundle })).trusted;
  }

  async #write(state: CertState): Promise<void> {
    const entries = Object.entries(writeState(state));
    const data = entries.map(([name, pem]) => [name, Buffer.from(pem).toString('base64')]);
    await this.#api.expect('PATCH', SECRET, { body: { data: Object.fromEntries(data) } });
  }
}

export function isSame(one: X509Certificate, other: X509Certificate | undefined): boolean {
  return one.fingerprint256 === other?.fingerprint256;
}

function present({ leaf, issuer }: CertState): { leaf: Keyed; issuer: Keyed } {
  if (!(leaf && issuer)) throw new Error('Expected a leaf and its CA in the Secret');
  return { leaf, issuer };
}

function keyed({ cert, key }: KeyedCertificate): Keyed {
  return { cert: new X509Certificate(cert), key };
}

function decoded(data: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(data);
  return Object.fromEntries(
    entries.map(([name, text]) => [name, Buffer.from(text, 'base64').toString()]),
  );
}
