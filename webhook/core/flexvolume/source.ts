import {
  CLOUD_NAMES,
  type ClassSource,
  type CloudName,
  GUID,
  VAULT_NAME,
} from '../secrets/vault-source.ts';
import type { FlexVolume } from '../statefulset.ts';
import type { Fault } from './options.ts';

export type FlexSource =
  | { readonly source: ClassSource; readonly faults?: undefined }
  | {
      readonly faults: readonly Fault[];
      /** Who would read the vault, where that is what stands in the way. */
      readonly refused?: 'pod-identity' | 'nobody';
    };

/**
 * The vault of a FlexVolume and who reads it: the service principal in its Secret, the node's managed identity, or, in the
 * place of a pod identity (AAD Pod Identity is archived), the workload identity of `client`.
 */
export function flexSource(
  { options: given, secretRef }: FlexVolume,
  client: string | undefined,
): FlexSource {
  const options = given ?? {};
  const { keyvaultname = '', tenantid = '', cloudname = '' } = options;
  const faults = [
    ...unless(VAULT_NAME.test(keyvaultname), {
      option: 'keyvaultname',
      found: keyvaultname,
      expected: 'the name of a vault: 3 to 24 letters, digits and hyphens',
    }),
    ...unless(GUID.test(tenantid), {
      option: 'tenantid',
      found: tenantid,
      expected: 'the GUID of the tenant',
    }),
    ...unless(cloudname === '' || isCloud(cloudname), {
      option: 'cloudname',
      found: cloudname,
      expected: CLOUD_NAMES.join(', '),
    }),
  ];
  const identity = identityOf(options, secretRef?.name, client);
  if (identity === 'pod-identity' || identity === 'nobody') return { faults, refused: identity };
  const unread = unless(identity.client === undefined || GUID.test(identity.client), {
    option: 'vmmanagedidentityclientid',
    found: identity.client ?? '',
    expected: 'the GUID of the managed identity',
  });
  if (faults.length + unread.length > 0) return { faults: [...faults, ...unread] };
  return {
    source: {
      vault: keyvaultname,
      tenant: tenantid,
      ...identity,
      ...(isCloud(cloudname) && { cloud: cloudname }),
    },
  };
}

function identityOf(
  { usepodidentity, usevmmanagedidentity, vmmanagedidentityclientid }: Record<string, string>,
  secret: string | undefined,
  client: string | undefined,
): Pick<ClassSource, 'identity' | 'client'> | 'pod-identity' | 'nobody' {
  if (usepodidentity === 'true') {
    return client === undefined ? 'pod-identity' : { identity: 'workload-identity', client };
  }
  if (usevmmanagedidentity === 'true') {
    const own = vmmanagedidentityclientid ? { client: vmmanagedidentityclientid } : {};
    return { identity: 'vm-managed-identity', ...own };
  }
  return secret ? { identity: 'service-principal' } : 'nobody';
}

function isCloud(name: string): name is CloudName {
  return CLOUD_NAMES.some((known) => known === name);
}

function unless(sound: boolean, fault: Fault): Fault[] {
  return sound ? [] : [fault];
}
