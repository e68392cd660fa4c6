import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** So many connections to a server that its CA (PEM) verifies. */
export function openConnections(
  { port, ca }: { readonly port: number; readonly ca: string },
  body: string,
  count: number,
): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => Connection.open(port, ca, body)));
}

/**
 * One kept-alive connection that sends the same request again and again. It writes prepared bytes and reads no more of an
 * answer than its status and length, so that it costs far less than the server and is not what is measured.
 */
export class Connection {
  readonly #socket: TLSSocket;
  readonly #request: Buffer;
  #answered: ((problem: string | undefined) => void) | undefined;
  #head = '';
  #missing = 0;
  #status = '';

  private constructor(socket: TLSSocket, request: Buffer) {
    this.#socket = socket;
    this.#request = request;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#answered?.(error.message));
    socket.on('close', () => this.#answered?.('the server closed the connection'));
  }

  static async open(port: number, ca: string, body: string): Promise<Connection> {
    const socket = connect({ host: '127.0.0.1', port, ca });
    socket.setNoDelay(true);
    await once(socket, 'secureConnect');
    const head = [
      'POST /mutate?timeout=5s HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'User-Agent: kube-apiserver-admission',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Accept: application/json, */*',
      'Content-Type: application/json',
      'Accept-Encoding: gzip',
    ];
    return new Connection(socket, Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`));
  }

  /** Sends the request and waits for its whole answer; rejects unless that is 200. One at a time. */
  exchange(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) throw new Error('the server had closed the connection');
      this.#answered = (problem) =>
        problem === undefined ? resolve() : reject(new Error(problem));
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#answered = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let length = chunk.length;
    if (this.#missing === 0) {
      this.#head += chunk.toString('latin1');
      const end = this.#head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const bodyLength = /content-length: (\d+)/i.exec(this.#head)?.[1] ?? '0';
      this.#status = this.#head.slice(9, 12);
      length = this.#head.length - end - 4;
      this.#missing = Number(bodyLength);
      this.#head = '';
    }
    this.#missing -= length;
    if (this.#missing > 0) return;
    this.#missing = 0;
    this.#answered?.(this.#status === '200' ? undefined : `status ${this.#status}`);
  }
}
