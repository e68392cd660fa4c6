import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Status } from '../status/status.ts';

/** Where the answers come from. Each is made for the request that asks. */
export interface StatusSource {
  readonly status: () => Status;
  /** Prometheus' text format; absent: there is no `/metrics`. */
  readonly metrics?: () => string;
}

interface Answer {
  readonly code: number;
  readonly type: string;
  readonly body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Answers `GET` and `HEAD` of `/livez`, `/readyz`, `/status` and `/metrics`. `/readyz` is 503 until the first complete delivery
 * and 200 from then on; a vault that cannot be reached does not change it.
 *
 * @returns A listener for `node:http`.
 */
export function statusHandler(
  source: StatusSource,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    request.resume();
    const { code, type, body } = answerTo(request, source);
    response.writeHead(code, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      ...(code === 405 ? { allow: 'GET, HEAD' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

function answerTo({ method, url = '/' }: IncomingMessage, source: StatusSource): Answer {
  if (method !== 'GET' && method !== 'HEAD') return json(405, { error: 'only GET and HEAD' });
  const [path] = url.split('?', 1);
  switch (path) {
    case '/livez':
      return json(200, { live: true });
    case '/readyz':
      return readiness(source.status());
    case '/status':
      return json(200, source.status());
    case '/metrics':
      if (source.metrics) return { code: 200, type: METRICS_TYPE, body: source.metrics() };
  }
  return json(404, { error: 'only /livez, /readyz, /status and /metrics' });
}

function readiness({ ready, state, reason }: Status): Answer {
  return ready ? json(200, { ready }) : json(503, { ready, state, reason });
}

function json(code: number, value: object): Answer {
  return { code, type: JSON_TYPE, body: `${JSON.stringify(value, null, 2)}\n` };
}
