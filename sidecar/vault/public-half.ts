import type { JsonWebKey } from 'node:crypto';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { API_VERSION } from './api-version.ts';
import { certificateBytes, keyBytes } from './content.ts';
import type { Identifier } from './identifier.ts';
import type { VaultItem } from './round.ts';

/** What is read of a certificate (`cer`, DER in base64) or of a key. */
interface PublicHalf {
  readonly cer?: string;
  readonly key?: JsonWebKey;
  /** `exp`: seconds since the epoch. */
  readonly attributes?: { readonly exp?: number };
}

/**
 * Reads a certificate or the public half of a key. Both are one plain GET, made by the pipeline that the clients for
 * secrets and identity are built on; the clients for these two kinds would be two more packages in every image.
 *
 * The token is one for the domain of the vault (`vault.azure.net` for `NAME.vault.azure.net`), whatever an answer asks for.
 */
export async function publicHalf(
  rest: typeof import('@azure/core-rest-pipeline'),
  { credential, wire }: { readonly credential: TokenCredential; readonly wire: PipelinePolicy },
  { vault, collection, name, version }: Identifier,
): Promise<VaultItem> {
  const domain = new URL(vault).hostname.replace(/^[^.]*\./, '');
  const scopes = [`https://${domain}/.default`];
  const pipeline = rest.createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
  });
  pipeline.addPolicy(rest.bearerTokenAuthenticationPolicy({ credential, scopes }));
  pipeline.addPolicy(wire, { afterPhase: 'Sign' });
  const path = [collection, name, ...(version ? [version] : [])].join('/');
  const url = `${vault}/${path}?api-version=${API_VERSION}`;
  const request = rest.createPipelineRequest({ url });
  const response = await pipeline.sendRequest(rest.createDefaultHttpClient(), request);
  if (response.status !== 200) throw new rest.RestError('refused', { statusCode: response.status });
  const { cer, key, attributes } = JSON.parse(response.bodyAsText ?? '') as PublicHalf;
  return {
    content: cer === undefined ? keyBytes(key ?? {}) : certificateBytes(Buffer.from(cer, 'base64')),
    convertible: false,
    certificate: undefined,
    expiresOn: attributes?.exp === undefined ? undefined : new Date(attributes.exp * 1000),
  };
}
