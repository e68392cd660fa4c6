import type { ServerResponse } from 'node:http';

/** How a service misbehaves instead of answering. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object }
  /** Says nothing. */
  | 'hang'
  /** Begins an answer and never ends it. */
  | 'stall'
  /** Closes the connection. */
  | 'reset'
  /** Answers something that is no JSON. */
  | 'garbage';

export function misbehave(response: ServerResponse, fault: Fault): void {
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.destroy();
  } else if (fault === 'stall') {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"value":"');
  } else if (fault === 'garbage') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
  } else {
    const headers = { 'content-type': 'application/json', ...fault.headers };
    response.writeHead(fault.status, headers).end(JSON.stringify(fault.body ?? {}));
  }
}
