import type { AnnotationReader, Wish } from '../annotation-reader.ts';
import type { Profile } from '../configuration.ts';
import { type Problem, problem } from '../problems.ts';
import type { VaultObject } from './vault-object.ts';
import { readObjects } from './vault-objects.ts';
import { type CloudName, GUID, type IdentityMode, VAULT_NAME } from './vault-source.ts';

/** What a set asks for from a key vault. */
export interface VaultRequest {
  readonly vault: Wish<string>;
  readonly tenant: Wish<string>;
  /** `undefined` only where the node’s one identity is used. */
  readonly client: Wish<string | undefined>;
  readonly identity: IdentityMode;
  readonly cloud: CloudName | undefined;
  /** At least one. */
  readonly objects: readonly VaultObject[];
}

/**
 * Reads the annotations about a vault over those of the profile; `undefined` where no object is asked for. `settings` is
 * `undefined` where the profile is unknown; that is a problem already.
 */
export function readVault(
  reader: AnnotationReader,
  profile: string,
  settings: Profile | undefined,
): VaultRequest | undefined {
  const { keyVault } = settings ?? {};
  const { identity = 'workload-identity', cloudName: cloud } = keyVault ?? {};
  const objects = readObjects(reader);
  const vault = over(keyVault?.name, reader.one('key-vault', VAULT_NAME, A_VAULT));
  const tenant = over(keyVault?.tenantId, reader.one('tenant-id', GUID, A_GUID));
  const client = over(keyVault?.clientId, reader.one('client-id', GUID, A_GUID));
  if (objects === undefined) return undefined;
  const [vaultName, tenantId] = [vault.value ?? '', tenant.value ?? ''];
  if (settings !== undefined) {
    const lacking = (key: string, value: string | undefined) =>
      value === undefined && reader.text(key) === undefined;
    const anonymous = identity !== 'vm-managed-identity' && lacking('client-id', client.value);
    reader.problems.push(
      ...only(lacking('key-vault', vault.value), problem('ZK112', { profile })),
      ...only(anonymous, problem('ZK113', { profile, identity })),
      ...only(lacking('tenant-id', tenant.value), problem('ZK114', { profile })),
    );
  }
  return {
    vault: { ...vault, value: vaultName },
    tenant: { ...tenant, value: tenantId },
    client,
    identity,
    cloud,
    objects,
  };
}

const A_VAULT = 'the name of a vault: 3 to 24 letters, digits and hyphens';
const A_GUID = 'a GUID such as 01234567-89ab-cdef-0123-456789abcdef';

function over(preset: string | undefined, given: string | undefined): Wish<string | undefined> {
  return given === undefined
    ? { value: preset, origin: 'profile' }
    : { value: given, origin: 'annotation' };
}

function only(condition: boolean, found: Problem): Problem[] {
  return condition ? [found] : [];
}
