import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { issueAuthority, issueLeaf } from '../../../certs/issue.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';
import type { SetManifest } from './manifests.ts';

/** Edits the set in place, as somebody else's injector would. */
export type Edit = (set: SetManifest) => void;

const VALIDITY = { now: Date.now(), lifetime: 3_600_000 };

/** Somebody else's mutating webhook for StatefulSets, served by this process and installed under a name of its own. */
export class SecondWebhook implements AsyncDisposable {
  /** What it does to every set from now on; nothing at first. */
  edit: Edit = () => {};
  /** How often it was called. */
  calls = 0;
  readonly #server: Server;
  readonly #remove: () => Promise<unknown>;

  private constructor(server: Server, remove: () => Promise<unknown>) {
    this.#server = server;
    this.#remove = remove;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** The API server calls webhooks in the order of the names of their configurations. Resolves when it calls this one. */
  static async install(cluster: ControlPlane, name: string): Promise<SecondWebhook> {
    const authority = await issueAuthority(VALIDITY);
    const { cert, key } = await issueLeaf(['127.0.0.1'], authority, VALIDITY);
    const server = createServer({ cert, key });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const path = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
    const remove = () => cluster.api.request('DELETE', `${path}/${name}`);
    const second = new SecondWebhook(server, remove);
    const body = configuration(name, url, authority.cert);
    await cluster.api.expect('POST', path, { body });
    await until(`the API server calls ${name}`, async () => {
      const probe = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'probe' } };
      const sets = '/apis/apps/v1/namespaces/default/statefulsets?dryRun=All';
      await cluster.api.request('POST', sets, { body: { ...probe, spec: MINIMAL } });
      return second.calls > 0;
    });
    return second;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#remove();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const review = (await json(request)) as { request: { uid: string; object: SetManifest } };
    const { uid, object } = review.request;
    this.calls += 1;
    const edited = structuredClone(object);
    this.edit(edited);
    const value = [{ op: 'replace', path: '', value: edited }];
    const patch = Buffer.from(JSON.stringify(value)).toString('base64');
    const answer = { uid, allowed: true, patchType: 'JSONPatch', patch };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...review, request: undefined, response: answer }));
  }
}

const labels = { app: 'probe' };
const MINIMAL = {
  replicas: 0,
  selector: { matchLabels: labels },
  template: { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a' }] } },
};

function configuration(name: string, url: string, ca: string): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: 'second.example.test',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        reinvocationPolicy: 'IfNeeded',
        clientConfig: { url, caBundle: Buffer.from(ca).toString('base64') },
        rules: [
          {
            apiGroups: ['apps'],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['statefulsets'],
          },
        ],
      },
    ],
  };
}
