import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Test } from 'tap';
import { type Handler, startHttpsServer } from '../https-server.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { EntraId, LOGIN_HOST } from './entra-id.ts';
import { TestKeyVault } from './key-vault.ts';
import { goThrough, resolveHere, trust, type Way } from './way.ts';

export const VAULT = 'https://contoso.vault.azure.net';
/** The second one, for what concerns one vault only. */
export const OTHER_VAULT = 'https://fabrikam.vault.azure.net';

/**
 * Azure as a pod sees it: Entra ID and two vaults under their real names, over HTTPS, and a workload identity with its
 * token in a file. This process is led there until the test ends.
 */
export async function startAzure(test: Test, way: Way = 'proxy') {
  const assertion = `assertion-${randomBytes(24).toString('base64url')}`;
  const identity = {
    tenantId: randomUUID(),
    clientId: randomUUID(),
    isProof: (sent: string) => sent === assertion,
  };
  const entraId = new EntraId(identity);
  const vault = new TestKeyVault(entraId, identity.tenantId);
  const otherVault = new TestKeyVault(entraId, identity.tenantId);
  const { port, ...services } = await serve(test, { entraId, vault, otherVault }, way);
  const { tenantId, clientId } = identity;
  const tokenFile = path.join(test.testdir({ token: assertion }), 'token');
  return {
    ...services,
    entraId,
    vault,
    otherVault,
    assertion,
    /** Where the vault is. */
    url: `${VAULT}${port}`,
    /** What the webhook of Azure Workload Identity puts into a pod. */
    credentials: { tenantId, clientId, tokenFile, authorityHost: `https://${LOGIN_HOST}${port}/` },
  };
}

interface Services {
  readonly entraId: EntraId;
  readonly vault: TestKeyVault;
  readonly otherVault: TestKeyVault;
}

async function serve(test: Test, { entraId, vault, otherVault }: Services, way: Way) {
  const vaults = new Map([
    [new URL(VAULT).host, vault],
    [new URL(OTHER_VAULT).host, otherVault],
  ]);
  const answer: Handler = (request, response) => {
    const [host = ''] = (request.headers.host ?? '').split(':');
    if (host === LOGIN_HOST) void entraId.answer(request, response);
    else vaults.get(host)?.answer(request, response);
  };
  const hosts = [LOGIN_HOST, ...vaults.keys()];
  const server = await startHttpsServer(answer, hosts);
  const port = Number(new URL(server.url).port);
  const proxy = way === 'proxy' ? await startConnectProxy(port) : undefined;
  const leave = [trust(server.ca), proxy ? goThrough(proxy.url) : resolveHere(hosts)];
  test.teardown(async () => {
    for (const restore of leave) restore();
    await proxy?.stop();
    await server.stop();
  });
  return {
    ca: server.ca,
    hosts,
    /** The connections that are open. */
    connections: server.connections,
    /** Serves certificates of an authority that nobody trusts from now on. */
    loseTrust: () => server.replaceAuthority(),
    port: proxy ? '' : `:${port}`,
  };
}
