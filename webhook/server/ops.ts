import fastify, { type FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';
import { status } from './refusal.ts';

export interface OpsOptions {
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

/**
 * What the kubelet and Prometheus ask for, over plain HTTP on a port of its own: `/livez`, `/readyz` (503 with what is
 * not ready) and `/metrics`. Not yet listening.
 */
export function buildOps({ metrics, readiness }: OpsOptions): FastifyInstance {
  const app = fastify({ return503OnClosing: false });
  // Answering at all is what liveness means here: nothing a restart mends makes it fail.
  app.get('/livez', () => ({ live: true }));
  app.get('/readyz', (_request, reply) => {
    const notReady = readiness.notReady();
    if (notReady.length === 0) return { ready: true };
    reply.code(503);
    return { ready: false, notReady };
  });
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .send(status('not-found', 'nothing is served here; expected /livez, /readyz or /metrics')),
  );
  return app;
}
