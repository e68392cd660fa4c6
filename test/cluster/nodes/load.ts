import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, ApiAnswer, ApiObject } from '../api.ts';

/** Requests a second. */
const RATE = 50;
const INTERVAL = 1000 / RATE;
/** Nothing is sent while so many wait for their answers. */
const MOST_WAITING = 200;
/** It stops by itself after so many. */
const MOST_REQUESTS = RATE * 600;

const SETS = '/apis/apps/v1/namespaces/default/statefulsets';

/** What became of all requests. */
export type LoadOutcome = {
  /** How many were answered with the injected StatefulSet. */
  readonly injected: number;
  /** What the API server answered else, each text once. */
  readonly failures: readonly string[];
  /** How many got no answer, since nothing listened or the connection was cut. */
  readonly unanswered: number;
};

/** Asks the API server 50 times a second to create an annotated StatefulSet, as a dry run, until `stop`. */
export class Load {
  readonly #api: Api;
  readonly #failures = new Set<string>();
  #injected = 0;
  #unanswered = 0;
  #sent = 0;
  #answered = 0;
  readonly #waiting = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #loop: Promise<void>;

  private constructor(api: Api) {
    this.#api = api;
    this.#loop = this.#send();
  }

  /** Resolves when the first request has been answered. */
  static async start(api: Api): Promise<Load> {
    const load = new Load(api);
    await load.untilAnswered(1);
    return load;
  }

  /** Resolves when so many more requests have been answered, whatever the answers were. */
  async untilAnswered(more: number): Promise<void> {
    const target = this.#answered + more;
    while (this.#answered < target && this.#sent < MOST_REQUESTS) await sleep(INTERVAL);
  }

  /** Sends no more, waits for the answers and tells them all. */
  async stop(): Promise<LoadOutcome> {
    this.#stopping.abort();
    await this.#loop;
    await Promise.all(this.#waiting);
    return {
      injected: this.#injected,
      failures: [...this.#failures],
      unanswered: this.#unanswered,
    };
  }

  async #send(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted && this.#sent < MOST_REQUESTS) {
      if (this.#waiting.size < MOST_WAITING) this.#sendOne();
      await sleep(INTERVAL, undefined, { signal }).catch(() => {});
    }
  }

  #sendOne(): void {
    this.#sent += 1;
    const request = this.#request(`load-${this.#sent}`);
    this.#waiting.add(request);
    void request.finally(() => this.#waiting.delete(request));
  }

  async #request(name: string): Promise<void> {
    const answer = await dryRun(this.#api, name).catch(() => undefined);
    this.#answered += 1;
    if (!answer) this.#unanswered += 1;
    else if (isInjected(answer)) this.#injected += 1;
    else this.#failures.add(`${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`);
  }
}

/** Asks once. */
export async function dryRun(api: Api, name: string): Promise<ApiAnswer<ApiObject>> {
  return api.request<ApiObject>('POST', `${SETS}?dryRun=All`, { body: annotatedSet(name) });
}

export function isInjected({ status, body }: ApiAnswer<ApiObject>): boolean {
  return status === 201 && body.metadata.annotations?.['zonekeeper.io/injected'] !== undefined;
}

/** A small StatefulSet; `annotations` replaces those that opt in. */
export function annotatedSet(
  name: string,
  annotations: Readonly<Record<string, string>> = { 'zonekeeper.io/inject': 'true' },
): object {
  const labels = { app: name };
  const resources = { requests: { storage: '1Gi' } };
  const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources } };
  return {
    metadata: { name, annotations },
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', image: 'example.test/app:1' }] },
      },
      volumeClaimTemplates: [claim],
    },
  };
}
