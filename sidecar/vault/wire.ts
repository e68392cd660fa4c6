import { Agent } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { retryAfter, type VerifierClock } from './pace.ts';

/** Who is asked: the vault for an object, or Microsoft Entra ID for the token to do so. */
export type Party = 'vault' | 'identity';

/** How a request ended. */
export interface Exchange {
  readonly party: Party;
  readonly host: string;
  /** The status of the answer; absent if there was none. */
  readonly status: number | undefined;
  /** What the service calls the error: Key Vault's inner code or else its code, or the number of Entra ID's. */
  readonly error: string | undefined;
  /** Why there was no answer: the code of the system, of TLS, or `timeout`. */
  readonly failure: string | undefined;
}

/**
 * Stands between the Azure clients and the network, for both parties: it bounds every request in time, lets the round end
 * them, counts, and keeps what the last one met. The clients tell that in half a dozen shapes of errors, some of which
 * quote requests; here it is one shape without content.
 */
export class Wire {
  readonly #clock: VerifierClock;
  readonly #timeout: number;
  /** One TLS context for all connections: making one for each costs time, and memory that comes back late. */
  readonly #agent = new Agent({ keepAlive: true, secureContext: createSecureContext() });
  #signal: AbortSignal | undefined;
  #last: Exchange | undefined;
  #requests = 0;
  #patience = 0;

  /** @param timeout milliseconds that a request may take, its answer included. */
  constructor(clock: VerifierClock, timeout: number) {
    this.#clock = clock;
    this.#timeout = timeout;
  }

  /** Begins a round, which the signal ends. */
  open(signal: AbortSignal): void {
    this.#signal = signal;
    this.#requests = 0;
    this.#patience = 0;
  }

  /** Ends a round. No connection is kept for the next one: after minutes of silence it may be dead without telling. */
  close(): void {
    this.#signal = undefined;
    this.#agent.destroy();
  }

  /** The requests of this round so far. */
  get requests(): number {
    return this.#requests;
  }

  /** Milliseconds that a service asked to be left alone in this round. */
  get patience(): number {
    return this.#patience;
  }

  /** How the last request ended; `undefined` if there was none since `forget()`. */
  get last(): Exchange | undefined {
    return this.#last;
  }

  forget(): void {
    this.#last = undefined;
  }

  /** For a client of that party; belongs behind its retries and its proxy. */
  policy(party: Party): PipelinePolicy {
    return {
      name: 'zonekeeperWire',
      sendRequest: async (request, next) => {
        const signal = this.#signal;
        signal?.throwIfAborted();
        this.#requests += 1;
        const { host } = new URL(request.url);
        const tooLate = AbortSignal.timeout(this.#timeout);
        const over = signal ? AbortSignal.any([tooLate, signal]) : tooLate;
        request.abortSignal = over;
        request.agent = unprinted(request.agent ?? this.#agent);
        try {
          const response = await orAborted(next(request), over);
          this.#note(party, host, response);
          return response;
        } catch (error) {
          const failure = tooLate.aborted ? 'timeout' : codeOf(error);
          this.#last = { party, host, failure, status: undefined, error: undefined };
          throw error;
        }
      },
    };
  }

  #note(party: Party, host: string, { status, headers, bodyAsText }: PipelineResponse): void {
    const error = status >= 400 ? serviceError(bodyAsText) : undefined;
    this.#last = { party, host, status, error, failure: undefined };
    if (status === 429 || status === 503) {
      const wait = retryAfter(headers.get('retry-after'), this.#clock.now()) ?? 0;
      this.#patience = Math.max(this.#patience, wait);
    }
  }
}

/**
 * With AZURE_LOG_LEVEL at `info` the clients print each request with all that hangs on it: the agent, which is one of theirs
 * where there is a proxy, holds connections, and these hold the tokens that were sent over them.
 */
function unprinted<A extends object>(agent: A): A {
  return Object.assign(agent, { toJSON: () => 'not printed' });
}

/** The client stops its clock at the first byte of an answer; the rest may take for ever. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(signal.reason);
  signal.addEventListener('abort', end);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** What may stand in a message: an identifier, not a text. */
const PLAIN_CODE = /^[A-Za-z0-9_]{1,60}$/;

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && PLAIN_CODE.test(code) ? code : 'no answer';
}

interface ErrorBody {
  /** Key Vault nests an object, Entra ID has a word. */
  readonly error?: { readonly code?: unknown; readonly innererror?: { readonly code?: unknown } };
  readonly error_codes?: readonly unknown[];
}

function serviceError(body: string | null | undefined): string | undefined {
  try {
    const { error, error_codes } = JSON.parse(body ?? '') as ErrorBody;
    const number = error_codes?.[0];
    const code =
      number === undefined ? (error?.innererror?.code ?? error?.code) : `AADSTS${number}`;
    return typeof code === 'string' && PLAIN_CODE.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}
