import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Access } from './access.ts';
import { inClusterAccess } from './in-cluster.ts';
import { kubeError } from './kube-error.ts';
import { kubeconfigAccess } from './kubeconfig.ts';
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
  /** Of the kubeconfig file; default: its current one. */
  readonly context?: string;
  /** URL of the API server as a pod reaches it; default `https://kubernetes.default.svc`. */
  readonly server?: string;
}

/**
 * The one place that makes a client of the API server. Requests go through node:https: the generated classes of
 * client-node take 37 MB, and each of their requests opens a pool of connections of its own (2.0.1, `createDispatcher`).
 *
 * Rejects if the kubeconfig, or the ServiceAccount of the pod, cannot be read.
 */
export async function connectKube(options: ConnectOptions = {}): Promise<Kube> {
  const { kubeconfig, context, server } = options;
  if (kubeconfig !== undefined) return new HttpKube(await kubeconfigAccess(kubeconfig, context));
  const access = inClusterAccess(server);
  await access.options().catch((cause: unknown) => {
    throw new Error('not in a pod with a ServiceAccount; expected that or a kubeconfig', { cause });
  });
  return new HttpKube(access);
}

/** A client that has that access. */
export function kubeWith(access: Access): Kube {
  return new HttpKube(access);
}

const TIMEOUT = 15_000;

class HttpKube implements Kube {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
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

  async #send(request: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const access = this.#access;
    try {
      const response = await open(access.server, await access.options(), request, signal);
      if (response.statusCode === 401) access.refused();
      return response;
    } catch (error) {
      if (isUntrusted(error)) access.refused();
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

function isUntrusted(error: unknown): boolean {
  return /CERT|SIGNATURE|ISSUER/.test((error as NodeJS.ErrnoException).code ?? '');
}
