import type { FlexVolume } from '../../webhook/core/statefulset.ts';
import { TENANT } from './vault.ts';

/** A FlexVolume of two secrets that a service principal reads; `options` and `more` replace parts. */
export function flexVolume(
  options: Readonly<Record<string, string | undefined>> = {},
  more: Partial<FlexVolume> = {},
): FlexVolume {
  const all = {
    keyvaultname: 'contoso-prod',
    keyvaultobjectnames: 'db-password;db-user',
    keyvaultobjecttypes: 'secret;secret',
    tenantid: TENANT,
    ...options,
  };
  const given = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    driver: 'azure/kv',
    secretRef: { name: 'kvcreds' },
    options: Object.fromEntries(given),
    ...more,
  };
}
