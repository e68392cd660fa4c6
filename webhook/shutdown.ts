import type { FastifyInstance } from 'fastify';
import type { Clock } from '../certs/surroundings.ts';
import type { App } from './server/app.ts';
import type { Readiness } from './server/readiness.ts';

export interface ShutdownOptions {
  readonly readiness: Readiness;
  readonly app: App;
  readonly ops: FastifyInstance;
  readonly clock: Clock;
  /** How long to go on serving first. */
  readonly drainSeconds: number;
}

/** How long requests that were begun may still take, in milliseconds. */
const LAST_REQUESTS = 5_000;

/**
 * Stops politely: readiness goes off and every answer closes its connection, while requests are served until routers and
 * API servers have noticed; then idle connections close, and the last requests get a little time. A connection that is
 * reset would fail a user's write, because the API server does not repeat its POST.
 */
export async function shutdown(options: ShutdownOptions): Promise<void> {
  const { readiness, app, ops, clock, drainSeconds } = options;
  readiness.drain();
  await clock.sleep(drainSeconds * 1000, new AbortController().signal);
  const closed = new AbortController();
  const closing = app.close().finally(() => closed.abort());
  await clock.sleep(LAST_REQUESTS, closed.signal);
  app.server.closeAllConnections();
  await closing;
  await ops.close();
}
