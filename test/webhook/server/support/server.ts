import type { Test } from 'tap';
import { type App, buildServer, type ServerOptions } from '../../../../webhook/server/app.ts';
import { serverParts } from './fixtures.ts';

/** A server that ends with the test, with the real core behind it unless `options` say otherwise. */
export async function serverOf(t: Test, options: Partial<ServerOptions> = {}) {
  const parts = serverParts();
  const app = buildServer({ ...parts, ...options });
  t.teardown(() => app.close());
  return { ...parts, app };
}

/** Posts a body as the API server does; text is sent as it stands. */
export function post(app: App, body: unknown, contentType = 'application/json') {
  return app.inject({
    method: 'POST',
    url: '/mutate?timeout=5s',
    payload: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': contentType },
  });
}
