import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Pki } from './pki.ts';

/** What an API server said. `body` is parsed if it is JSON, else text. */
export type ApiAnswer<Body> = {
  readonly status: number;
  readonly body: Body;
  /** The texts of the Warning headers, as kubectl shows them. */
  readonly warnings: readonly string[];
};

export type ApiRequest = {
  readonly body?: unknown;
  /** Default: JSON, for PATCH a merge patch. Server-side apply needs `application/apply-patch+yaml`. */
  readonly contentType?: string;
};

/** Any object, as far as tests have to know it. */
export type ApiObject = {
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    deletionTimestamp?: string;
    generation?: number;
  };
};

/** A plain client of one server of the control plane, with the rights of a cluster administrator. */
export class Api {
  readonly #port: number;
  readonly #agent: Agent;

  private constructor(port: number, agent: Agent) {
    this.#port = port;
    this.#agent = agent;
  }

  static async connect(port: number, pki: Pki): Promise<Api> {
    const names = ['ca.crt', 'admin.crt', 'admin.key'].map((name) => readFile(pki.file(name)));
    const [ca, cert, key] = (await Promise.all(names)) as [Buffer, Buffer, Buffer];
    return new Api(port, new Agent({ keepAlive: true, ca, cert, key }));
  }

  /** Rejects only if there is no answer. */
  async request<Body = unknown>(
    method: string,
    path: string,
    { body, contentType = defaultType(method) }: ApiRequest = {},
  ): Promise<ApiAnswer<Body>> {
    const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      // Node gives no length to the body of a DELETE: the server would take it for the next request.
      const headers = sent && { 'content-type': contentType, 'content-length': sent.length };
      const address = { host: '127.0.0.1', port: this.#port, path, agent: this.#agent };
      request({ ...address, method, headers }, resolve)
        .once('error', reject)
        .end(sent);
    });
    const content = await text(answer);
    const isJson = answer.headers['content-type']?.includes('json');
    return {
      status: answer.statusCode ?? 0,
      body: (isJson ? JSON.parse(content) : content) as Body,
      warnings: warningsOf(answer),
    };
  }

  /** Like `request`, but rejects with the server's own message unless the status is below 400. */
  async expect<Body = ApiObject>(
    method: string,
    path: string,
    options: ApiRequest = {},
  ): Promise<Body> {
    const { status, body } = await this.request<Body>(method, path, options);
    if (status < 400) return body;
    const message = (body as { message?: string } | undefined)?.message ?? String(body);
    throw new Error(`${method} ${path} was answered ${status}: ${message}`);
  }

  /** The items of a list, such as `/api/v1/pods`. */
  async list<Item = ApiObject>(path: string): Promise<Item[]> {
    return (await this.expect<{ items: Item[] }>('GET', path)).items;
  }

  close(): void {
    this.#agent.destroy();
  }
}

function defaultType(method: string): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
}

/** A header reads `299 - "text"`, with quotes and backslashes of the text escaped. */
function warningsOf({ headersDistinct }: IncomingMessage): string[] {
  return (headersDistinct.warning ?? []).map((value) => {
    const quoted = /"(?<text>(?:[^"\\]|\\.)*)"/.exec(value)?.groups?.text ?? value;
    return quoted.replaceAll(/\\(.)/g, '$1');
  });
}
