import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Test } from 'tap';
import { startHttpsServer } from './https-server.ts';

const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
/** Kinds of which it has none. */
const KINDS =
  /\/(secrets|leases|statefulsets|[a-z]+classes|persistentvolumeclaims|csidrivers|serviceaccounts)$/;
const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** What a test may change in it at any time. */
export interface ApiServerState {
  /** Items of the list of webhook configurations. */
  configurations: object[];
  /** Which kinds and verbs are refused, as `patch secrets`. */
  readonly refused: Set<string>;
  /** Method and path of every request but watches. */
  readonly requests: string[];
}

/**
 * An API server over HTTPS that knows webhook configurations, permissions and every ConfigMap, and of the rest that there is
 * none.
 * Its kubeconfig is written to the folder. It ends with its test.
 */
export async function startApiServer(test: Test, folder: string) {
  const state: ApiServerState = { configurations: [], refused: new Set(), requests: [] };
  const server = await startHttpsServer((request, response) => {
    void answer(state, request, response);
  });
  test.teardown(() => server.stop());
  const kubeconfig = path.join(folder, 'kubeconfig');
  const cluster = {
    server: server.url,
    'certificate-authority-data': Buffer.from(server.ca).toString('base64'),
  };
  await writeFile(
    kubeconfig,
    JSON.stringify({
      'current-context': 'fake',
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'me' } }],
      clusters: [{ name: 'fake', cluster }],
      users: [{ name: 'me', user: { token: 'me' } }],
    }),
  );
  return { kubeconfig, state };
}

async function answer(
  state: ApiServerState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://fake');
  if (url.searchParams.has('watch')) {
    response.flushHeaders();
    return;
  }
  const text = (await request.toArray()).join('');
  state.requests.push(`${request.method} ${url.pathname}`);
  const body = bodyFor(state, url.pathname, text);
  if (request.method === 'GET' && body === undefined) response.statusCode = 404;
  response.end(JSON.stringify(body ?? {}));
}

function bodyFor(state: ApiServerState, pathname: string, sent: string): object | undefined {
  const list = (items: object[]) => ({ metadata: { resourceVersion: '1' }, items });
  if (pathname === '/version') return { major: '1', minor: '36' };
  if (pathname.includes('/configmaps/')) return { metadata: { uid: 'u-1' } };
  if (pathname === CONFIGURATIONS) return list(state.configurations);
  if (pathname === REVIEWS) {
    const { verb, resource } = JSON.parse(sent).spec.resourceAttributes;
    return { status: { allowed: !state.refused.has(`${verb} ${resource}`) } };
  }
  return KINDS.test(pathname) ? list([]) : undefined;
}
