import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type StatusSource, statusHandler } from './handler.ts';

export interface ServerOptions {
  readonly port: number;
  /** `undefined`: every address. */
  readonly host: string | undefined;
  /** Closes the server and its connections. */
  readonly signal: AbortSignal;
}

/** Connections at once: the kubelet, Prometheus and a person need a handful. */
const MOST_CONNECTIONS = 64;

/** Serves the status; resolves with the port once it listens. Rejects if the port cannot be had. */
export async function serveStatus(source: StatusSource, options: ServerOptions): Promise<number> {
  const { port, host, signal } = options;
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 },
    statusHandler(source),
  );
  server.maxConnections = MOST_CONNECTIONS;
  signal.addEventListener(
    'abort',
    () => {
      server.close();
      server.closeAllConnections();
    },
    { once: true },
  );
  server.listen({ port, host });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
