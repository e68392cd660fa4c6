import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Test } from 'tap';
import { issueAuthority, issueLeaf, type KeyedCertificate } from '../../../../certs/issue.ts';
import type { ServerOptions } from '../../../../webhook/server/app.ts';
import { serveCertificate } from '../../../../webhook/server/tls.ts';
import { serverOf } from './server.ts';

const VALIDITY = { now: Date.now(), lifetime: 3_600_000 };
export const ca = await issueAuthority(VALIDITY);

/** A new certificate for loopback, signed by `ca`. */
export const issueForLoopback = (): Promise<KeyedCertificate> =>
  issueLeaf(['localhost', '127.0.0.1'], ca, VALIDITY);

/** A server on a free port of loopback with a certificate; `open` connects to it and verifies it. */
export async function listeningServer(t: Test, options: Partial<ServerOptions> = {}) {
  const parts = await serverOf(t, options);
  const { app } = parts;
  const leaf = await issueForLoopback();
  serveCertificate(app.server, leaf);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const open = async (tls: ConnectionOptions = {}): Promise<TLSSocket> => {
    const socket = connect({ host: '127.0.0.1', port, ca: ca.cert, ...tls });
    t.teardown(() => socket.destroy());
    await once(socket, 'secureConnect');
    return socket;
  };
  return { ...parts, leaf, port, open };
}

/** Sends a whole request over that connection and returns the answer's head. */
export async function exchange(socket: TLSSocket, body: object): Promise<string> {
  const text = JSON.stringify(body);
  socket.write(head(Buffer.byteLength(text)) + text);
  let answer = '';
  while (!answer.includes('}\n') && !answer.endsWith('}')) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    answer += chunk.toString();
  }
  return answer;
}

/** The head of a request whose body has that length. */
export const head = (length: number): string =>
  `POST /mutate HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
