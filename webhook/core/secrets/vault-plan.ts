import type { ObjectMeta } from '../statefulset.ts';
import { classNameOf, providerSpec } from './provider-class.ts';
import type { VaultRequest } from './vault-request.ts';
import type { VaultEntry, VaultSource } from './vault-source.ts';

/**
 * The class that a request makes. What no annotation says is taken from `marked`, by which the request was fulfilled before;
 * without it from the profile.
 */
export function vaultEntry(
  request: VaultRequest,
  metadata: ObjectMeta,
  marked?: VaultSource,
): VaultEntry {
  const source = sourceOf(request, marked);
  // The API server makes the name later where only its beginning is given.
  const set = metadata.name ?? metadata.generateName ?? '';
  return { class: classNameOf(set, providerSpec(source, request.objects)), ...source };
}

function sourceOf(request: VaultRequest, marked: VaultSource | undefined): VaultSource {
  const { vault, tenant, client } = request;
  const { identity, cloud } = marked ?? request;
  const clientId =
    marked === undefined || client.origin === 'annotation' ? client.value : marked.client;
  return {
    vault: marked === undefined || vault.origin === 'annotation' ? vault.value : marked.vault,
    tenant: marked === undefined || tenant.origin === 'annotation' ? tenant.value : marked.tenant,
    identity,
    ...(clientId !== undefined && { client: clientId }),
    ...(cloud !== undefined && { cloud }),
  };
}
