import type { InjectionRequest } from '../request.ts';
import type { MountedClass } from './mounted.ts';
import { vaultFiles, vaultIdentity } from './vault-class.ts';

type Asked = Pick<InjectionRequest, 'vault' | 'secretProviderClasses' | 'mountPath'>;

/** Every class that a request mounts, in the order and at the places in which the template gets them. */
export function mountedClasses({ vault, secretProviderClasses, mountPath }: Asked): MountedClass[] {
  const made = vault && {
    folder: vault.vault.value,
    files: vaultFiles(vault),
    identity: vaultIdentity(vault),
  };
  const existing = secretProviderClasses.map((folder) => ({
    folder,
    files: undefined,
    identity: undefined,
  }));
  const all = made === undefined ? existing : [made, ...existing];
  return all.map((one) => ({
    ...one,
    path: all.length === 1 ? mountPath.value : `${mountPath.value}/${one.folder}`,
  }));
}
