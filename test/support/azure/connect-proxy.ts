import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * An HTTP proxy on 127.0.0.1 that leads every tunnel to one local port, whatever host is asked for: clients that honour
 * HTTPS_PROXY, as Azure's do, then meet a local server under the names of the real ones.
 */
export async function startConnectProxy(port: number) {
  const tunnels = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (_request, client: Duplex) => {
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const [end, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      tunnels.add(end);
      end.on('error', () => {}); // A reset is what some tests are about; the other end learns of it.
      end.once('close', () => {
        tunnels.delete(end);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async (): Promise<void> => {
      for (const tunnel of tunnels) tunnel.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
