import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Test } from 'tap';
import { type Handler, startHttpsServer } from '../https-server.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { EntraId, LOGIN_HOST } from './entra-id.ts';
import { TestKeyVault } from './key-vault.ts';

export const VAULT = 'https://contoso.vault.azure.net';
export const OTHER_VAULT = 'https://fabrikam.vault.azure.net';

/**
 * Azure as a pod sees it: Entra ID and two vaults under their real names, over HTTPS, behind a proxy, and a workload
 * identity with its token in a file. The environment of this process leads Azure's clients there until the test ends.
 */
export async function startAzure(test: Test) {
  const assertion = `assertion-${randomBytes(24).toString('base64url')}`;
  const identity = { tenantId: randomUUID(), clientId: randomUUID(), assertion };
  const entraId = new EntraId(identity);
  const vault = new TestKeyVault(entraId, identity.tenantId);
  const otherVault = new TestKeyVault(entraId, identity.tenantId);
  const folder = test.testdir({ token: assertion });
  const { tenantId, clientId } = identity;
  const tokenFile = path.join(folder, 'token');
  return {
    ...(await serve(test, { entraId, vault, otherVault })),
    entraId,
    vault,
    otherVault,
    assertion,
    /** What the webhook of Azure Workload Identity puts into a pod. */
    credentials: { tenantId, clientId, tokenFile, authorityHost: `https://${LOGIN_HOST}/` },
  };
}

interface Services {
  readonly entraId: EntraId;
  readonly vault: TestKeyVault;
  readonly otherVault: TestKeyVault;
}

async function serve(test: Test, { entraId, vault, otherVault }: Services) {
  const vaults = new Map([
    [new URL(VAULT).host, vault],
    [new URL(OTHER_VAULT).host, otherVault],
  ]);
  const answer: Handler = (request, response) => {
    const host = request.headers.host ?? '';
    if (host === LOGIN_HOST) void entraId.answer(request, response);
    else vaults.get(host)?.answer(request, response);
  };
  const server = await startHttpsServer(answer, [LOGIN_HOST, ...vaults.keys()]);
  const proxy = await startConnectProxy(Number(new URL(server.url).port));
  const leave = enter(proxy.url, server.ca);
  test.teardown(async () => {
    leave();
    await proxy.stop();
    await server.stop();
  });
  /** Serves certificates of an authority that nobody trusts from now on. */
  const loseTrust = () => server.replaceAuthority();
  return { proxy, ca: server.ca, loseTrust };
}

/** Trusts the authority and goes through the proxy; returns how to undo both. */
function enter(proxy: string, ca: string): () => void {
  const { HTTPS_PROXY, NO_PROXY } = process.env;
  const trusted = getCACertificates();
  process.env.HTTPS_PROXY = proxy;
  delete process.env.NO_PROXY;
  setDefaultCACertificates([...trusted, ca]);
  return () => {
    for (const [name, value] of Object.entries({ HTTPS_PROXY, NO_PROXY })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    setDefaultCACertificates(trusted);
  };
}
