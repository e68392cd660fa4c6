import { allows } from '../allowed.ts';
import type { Configuration } from '../configuration.ts';
import { listed, type Problem, problem } from '../problems.ts';
import type { InjectionRequest } from '../request.ts';
import type { VaultEntry } from './vault-source.ts';

/**
 * What a marker from outside says of the vault beyond what today's profile gives and allows. Annotations that could say it
 * were checked with the request; identity and cloud are the profile's alone.
 */
export function markedOutOfBounds(
  { profile, vault: request }: InjectionRequest,
  planned: VaultEntry | undefined,
  { profiles }: Configuration,
): Problem[] {
  if (planned === undefined || request === undefined) return [];
  const { keyVaults, tenantIds, clientIds } = profiles[profile.value]?.allowed ?? {};
  const { vault, tenant, client, identity, cloud } = request;
  const none: readonly string[] = [];
  const fields = [
    ['vault', planned.vault, vault.value, keyVaults],
    ['tenant', planned.tenant, tenant.value, tenantIds],
    ['client', planned.client ?? 'none', client.value ?? 'none', clientIds],
    ['identity', planned.identity, identity, none],
    ['cloud', planned.cloud ?? 'none', cloud ?? 'none', none],
  ] as const;
  return fields
    .filter(([, found, given, list]) => found !== given && !allows(list, found))
    .map(([what, value, given, list]) => {
      const allowed = listed(new Set([given, ...(list ?? none)]));
      return problem('ZK121', { what, value, profile: profile.value, allowed });
    });
}
