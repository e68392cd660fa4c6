import { type IncomingMessage, request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import type { KubeRequest } from './kube.ts';

const SILENCE = 15_000;
const KEEP_ALIVE = 30_000;

/**
 * Sends a request to a server whose URL may have a path of its own. Resolves with the head of the answer; rejects if there
 * is none within `silence` milliseconds (default 15 s), and on any error of the connection.
 */
export function open(
  server: URL,
  options: RequestOptions,
  {
    method,
    path,
    query,
    body,
    contentType = 'application/json',
    accept = 'application/json',
  }: KubeRequest,
  signal: AbortSignal,
  silence = SILENCE,
): Promise<IncomingMessage> {
  const url = new URL(server);
  url.pathname = server.pathname.replace(/\/$/, '') + path;
  url.search = new URLSearchParams(query).toString();
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  const sentBody = body && Buffer.from(JSON.stringify(body));
  const headers = {
    ...options.headers,
    accept,
    // Node tells no length of the body of a DELETE by itself: the server would take it for the next request.
    ...(sentBody && { 'content-type': contentType, 'content-length': sentBody.length }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, method, headers, signal });
    sent.on('error', reject);
    sent.setTimeout(silence, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
    // A watch may be silent for long; that its other end is gone shows by probes of the connection.
    sent.on('socket', (socket) => socket.setKeepAlive(true, KEEP_ALIVE));
    sent.on('response', (response) => {
      sent.setTimeout(0);
      resolve(response);
    });
    sent.end(sentBody);
  });
}
