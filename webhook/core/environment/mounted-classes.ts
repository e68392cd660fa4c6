import type { InjectionRequest } from '../request.ts';
import type { VaultRequest } from '../secrets/vault-request.ts';
import type { ClusterView, SecretProviderClassFacts } from '../view.ts';
import type { MountedClass } from './mounted.ts';
import { identityIn, mountedFile } from './vault-objects.ts';

type Asked = Pick<InjectionRequest, 'vault' | 'secretProviderClasses' | 'mountPath'>;

type Contents = Omit<MountedClass, 'path'>;

/** Every class that a request mounts, in the order and at the places in which the template gets them. */
export function mountedClasses(
  { vault, secretProviderClasses, mountPath }: Asked,
  namespace: string,
  { secretProviderClasses: known }: ClusterView,
): MountedClass[] {
  const existing = secretProviderClasses.map((name) =>
    existingClass(name, known?.get(`${namespace}/${name}`)),
  );
  const all = vault === undefined ? existing : [madeClass(vault), ...existing];
  return all.map((one) => ({
    ...one,
    path: all.length === 1 ? mountPath.value : `${mountPath.value}/${one.folder}`,
  }));
}

/** Only with a federated credential can the sidecar sign in as who reads the vault for the mount. */
function madeClass({ vault, client, tenant, identity, cloud, objects }: VaultRequest): Contents {
  const { value: clientId } = client;
  const federated = identity === 'workload-identity' && clientId !== undefined;
  return {
    folder: vault.value,
    files: objects.map((object) => mountedFile(object, vault.value, cloud)),
    identity: federated ? identityIn(clientId, tenant.value, cloud) : undefined,
  };
}

function existingClass(name: string, facts: SecretProviderClassFacts | undefined): Contents {
  const { vault = '', client, tenant, cloud, federated, objects } = facts ?? {};
  const known = federated && client !== undefined && tenant !== undefined;
  return {
    folder: name,
    files: objects?.map((object) => mountedFile(object, vault, cloud)),
    identity: known ? identityIn(client, tenant, cloud) : undefined,
  };
}
