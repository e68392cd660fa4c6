import type { IncomingMessage, ServerResponse } from 'node:http';
import { EntraId, LOGIN_HOST } from '../../support/azure/entra-id.ts';
import { TestKeyVault } from '../../support/azure/key-vault.ts';
import { startHttpsServer } from '../../support/https-server.ts';
import type { Api } from '../api.ts';
import { CLIENT, TENANT, VAULT } from './applications.ts';
import { CONTROL_PLANE_ADDRESS } from './network.ts';

/** What the API server says of a token. */
export type Reviewed = {
  readonly authenticated?: boolean;
  readonly audiences?: readonly string[];
  readonly user?: {
    readonly username: string;
    readonly extra: Readonly<Record<string, readonly string[]>>;
  };
};

/** What Entra ID asks that a token is made out to. */
const AUDIENCE = 'api://AzureADTokenExchange';

/**
 * Azure as Pods see it: Entra ID, and the vault of the applications, under their real names. It trusts tokens of the cluster's
 * service accounts.
 */
export async function startAzure(api: Api) {
  const reviewed: Reviewed[] = [];
  const isProof = async (token: string): Promise<boolean> => {
    const status = await review(api, token);
    reviewed.push(status);
    return status.authenticated === true;
  };
  const entraId = new EntraId({ tenantId: TENANT, clientId: CLIENT, isProof });
  const vault = new TestKeyVault(entraId, TENANT);
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.headers.host === LOGIN_HOST) void entraId.answer(request, response);
    else vault.answer(request, response);
  };
  const hostnames = [LOGIN_HOST, `${VAULT}.vault.azure.net`];
  const at = { host: CONTROL_PLANE_ADDRESS, port: 443 };
  const { ca, stop } = await startHttpsServer(answer, hostnames, at);
  return {
    entraId,
    vault,
    /** Tokens that somebody has signed in with, in the order of that. */
    reviewed,
    /** The authority of its certificates. */
    ca,
    /** Leads a Pod there. */
    hostAliases: [{ ip: CONTROL_PLANE_ADDRESS, hostnames }],
    stop,
  };
}

async function review(api: Api, token: string): Promise<Reviewed> {
  const path = '/apis/authentication.k8s.io/v1/tokenreviews';
  const body = { spec: { token, audiences: [AUDIENCE] } };
  return (await api.expect<{ status: Reviewed }>('POST', path, { body })).status;
}
