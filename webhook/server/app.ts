import type { Server } from 'node:https';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { type AdmissionOptions, admission } from './admission.ts';
import { EventLoop } from './event-loop.ts';
import { DEFAULT_LIMITS, InFlight, type Limits } from './limits.ts';
import { notFound, overloaded, type Refusal, refusalOf, type Status } from './refusal.ts';
import { LEAST_TLS } from './tls.ts';

export type App = FastifyInstance<Server>;

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request holds of the room for requests in flight; `undefined` before and after. */
    held: number | undefined;
    /** When its head had come, by the server's clock. */
    begun: number;
  }
}

export interface ServerOptions extends AdmissionOptions {
  /** Whether answers shall ask the client to close its connection; default never. */
  readonly draining?: () => boolean;
  readonly limits?: Partial<Limits>;
}

/**
 * The API server keeps idle connections for 90 s and never repeats a POST whose connection was reset, so the server must
 * be the more patient side (Kubernetes 1.36, client-go/transport/cache.go). Node also counts a connection that was opened
 * and not yet used as a request that is late, which Go opens in advance: the other two limits must be longer too.
 */
const MILLISECONDS = { keepAlive: 120_000, headers: 125_000, request: 130_000 } as const;

/**
 * The admission webhook over HTTPS and HTTP/1.1 (`POST /mutate`), not yet listening. It serves no connection before
 * `serveCertificate` gave it a certificate.
 */
export function buildServer(options: ServerOptions): App {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const app = fastify({
    https: { minVersion: LEAST_TLS },
    bodyLimit: limits.bodyBytes,
    keepAliveTimeout: MILLISECONDS.keepAlive,
    requestTimeout: MILLISECONDS.request,
    // Requests that come while it closes are answered: the API server would count a 503 as a failed call.
    return503OnClosing: false,
    frameworkErrors: (error, _request, reply) => answerError(error, reply),
  });
  app.server.headersTimeout = MILLISECONDS.headers;
  takeJsonAsText(app);

  const { metrics, log } = options;
  const refuse = (reply: FastifyReply, refusal: Refusal, body: Status) => {
    metrics.refused(refusal);
    return reply.code(body.code).send(body);
  };
  function answerError(error: FastifyError, reply: FastifyReply) {
    const [refusal, body] = refusalOf(error, limits.bodyBytes);
    if (refusal === 'internal') log.error({ err: error }, 'a review failed');
    else log.warn({ reason: refusal }, body.message);
    return refuse(reply, refusal, body);
  }
  app.setErrorHandler<FastifyError>((error, _request, reply) => answerError(error, reply));
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'not-found', notFound));
  limitLoad(app, limits, options);
  app.post('/mutate', admission(options));
  return app;
}

/**
 * The handler parses it, with plain `JSON.parse`: the core copies what it changes and never merges a parsed object into
 * another one.
 */
function takeJsonAsText(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) =>
    done(null, text),
  );
}

/** Answers 429 with Retry-After, which makes the API server try again within its timeout (client-go/rest/with_retry.go). */
function limitLoad(app: App, limits: Limits, options: ServerOptions): void {
  const { metrics, monotonic, draining = () => false } = options;
  const inFlight = new InFlight(limits);
  metrics.watchInFlight(() => inFlight.requests);
  const refuse = (reply: FastifyReply) => {
    metrics.refused('overloaded');
    reply.code(overloaded.code).header('retry-after', '1').send(overloaded);
  };
  const delays = monitorEventLoopDelay({ resolution: 100 });
  delays.enable();
  app.addHook('onClose', () => {
    delays.disable();
  });
  const eventLoop = new EventLoop(delays, limits.eventLoopDelay);
  app.decorateRequest('held', undefined);
  app.decorateRequest('begun', 0);
  app.addHook('onRequest', (request, reply, done) => {
    request.begun = monotonic();
    if (draining()) reply.header('connection', 'close');
    request.held = eventLoop.isOverloaded(request.begun)
      ? undefined
      : inFlight.enter(request.headers['content-length']);
    if (request.held === undefined) refuse(reply);
    else done();
  });
  // Reached by every answer, also by the one that a client no longer takes because it went away.
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (request.held !== undefined) inFlight.leave(request.held);
    request.held = undefined;
    done(null, payload);
  });
}
