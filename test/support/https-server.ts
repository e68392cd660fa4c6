import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { issueAuthority, issueLeaf, type KeyedCertificate } from '../../certs/issue.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const DAY = 86_400_000;

/** A server with a CA of its own, whose certificate is for those hosts; by default on a free port of 127.0.0.1. */
export async function startHttpsServer(
  handler: Handler,
  hosts: readonly string[] = ['127.0.0.1'],
  listen: { readonly host: string; readonly port: number } = { host: '127.0.0.1', port: 0 },
) {
  const now = Date.now();
  const issue = async (): Promise<{ ca: string } & KeyedCertificate> => {
    const authority = await issueAuthority({ now, lifetime: DAY });
    const leaf = await issueLeaf(hosts, authority, { now, lifetime: DAY });
    return { ca: authority.cert, ...leaf };
  };
  const first = await issue();
  const server = createServer(first, handler);
  server.listen(listen);
  await once(server, 'listening');
  return {
    url: `https://${listen.host}:${(server.address() as AddressInfo).port}`,
    ca: first.ca,
    /** The connections that are open. */
    connections: () => promisify(server.getConnections.bind(server))(),
    /** Replaces its certificate by one of another CA, which is returned. */
    replaceAuthority: async (): Promise<string> => {
      const { ca, cert, key } = await issue();
      server.setSecureContext({ cert, key });
      server.closeAllConnections();
      return ca;
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
