import type { IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { json } from 'node:stream/consumers';
import type { KubeConfig } from '@kubernetes/client-node';
import { kubeError } from './kube-error.ts';
import { lines } from './lines.ts';
import { open } from './open.ts';

/** One request to the API server. */
export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Absolute, such as `/api/v1/namespaces/default/secrets`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Of the body; default `application/json`. */
  readonly contentType?: string;
}

/** One event of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

/** What controllers need of the API server. */
export interface Kube {
  /**
   * The body of the answer. Rejects with a `KubeError` if the API server refuses, with that of the connection if it
   * cannot be reached, and after 15 seconds.
   */
  request(request: KubeRequest, signal?: AbortSignal): Promise<unknown>;
  /**
   * Resolves as soon as the API server accepts the watch, and rejects as `request` does. The events end when the API
   * server ends them; they throw when the connection breaks, the signal is aborted, or an event of type ERROR comes
   * (a `KubeError`).
   */
  watch(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<WatchEvent>>;
}

export interface ConnectOptions {
  /** A kubeconfig file; default: the ServiceAccount of the pod. */
  readonly kubeconfig?: string;
  /** Default: the current one of the file. */
  readonly context?: string;
}

/**
 * The one place that makes a client of the API server. client-node reads the configuration and knows every way to
 * authenticate; requests go through node:https, because its generated classes of all kinds take 12 MB more, and each of
 * their requests opens a pool of connections of its own (client-node 2.0.1, `createDispatcher`). It is loaded here and
 * not with the module (25 MB), so that a server without a cluster never pays for it.
 *
 * Rejects if the configuration cannot be read or names no API server.
 */
export async function connectKube(options: ConnectOptions = {}): Promise<Kube> {
  const { KubeConfig } = await import('./kube-config.ts');
  return new HttpKube(() => {
    const config = new KubeConfig();
    if (options.kubeconfig === undefined) config.loadFromCluster();
    else config.loadFromFile(options.kubeconfig);
    if (options.context !== undefined) config.setCurrentContext(options.context);
    return config;
  });
}

const TIMEOUT = 15_000;

class HttpKube implements Kube {
  readonly #load: () => KubeConfig;
  #config: KubeConfig;

  constructor(load: () => KubeConfig) {
    this.#load = load;
    this.#config = load();
    serverOf(this.#config);
  }

  async request(request: KubeRequest, signal?: AbortSignal): Promise<unknown> {
    const timeout = AbortSignal.timeout(TIMEOUT);
    const response = await this.#send(
      request,
      signal ? AbortSignal.any([signal, timeout]) : timeout,
    );
    const body = await json(response).catch(() => undefined);
    const { statusCode = 0 } = response;
    if (statusCode < 300 && body !== undefined) return body;
    throw kubeError(statusCode, body, `${request.method} ${request.path}`);
  }

  async watch(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<WatchEvent>> {
    const request = { method: 'GET', path, query: { ...query, watch: 'true' } } as const;
    const response = await this.#send(request, signal);
    const { statusCode = 0 } = response;
    const what = `watch of ${path}`;
    if (statusCode !== 200) throw kubeError(statusCode, await json(response).catch(() => {}), what);
    return events(response, what);
  }

  /** Credentials and CA may have been renewed since they were read: what is refused for them is read anew. */
  async #send(request: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const config = this.#config;
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    try {
      const response = await open(serverOf(config), options, request, signal);
      if (response.statusCode === 401) this.#config = this.#load();
      return response;
    } catch (error) {
      if (isUntrusted(error)) this.#config = this.#load();
      throw error;
    }
  }
}

async function* events(response: IncomingMessage, what: string): AsyncGenerator<WatchEvent> {
  for await (const line of lines(response)) {
    const event = JSON.parse(line) as WatchEvent;
    if (event.type === 'ERROR') throw kubeError(0, event.object, what);
    yield event;
  }
}

function serverOf(config: KubeConfig): URL {
  const server = config.getCurrentCluster()?.server ?? '';
  if (URL.canParse(server)) return new URL(server);
  throw new Error(
    'no API server is known; expected a kubeconfig with a current context, or to run in a pod with a ServiceAccount',
  );
}

function isUntrusted(error: unknown): boolean {
  return /CERT|SIGNATURE|ISSUER/.test((error as NodeJS.ErrnoException).code ?? '');
}
