/** A kind of objects as its URL names it. */
export interface Resource {
  /** `''` is the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

const v1 = (group: string, resource: string): Resource => ({ group, version: 'v1', resource });

export const WEBHOOK_CONFIGURATIONS = v1(
  'admissionregistration.k8s.io',
  'mutatingwebhookconfigurations',
);
export const DEPLOYMENTS = v1('apps', 'deployments');
export const STATEFUL_SETS = v1('apps', 'statefulsets');
export const CONFIG_MAPS = v1('', 'configmaps');
export const NAMESPACES = v1('', 'namespaces');
export const CLAIMS = v1('', 'persistentvolumeclaims');
export const VOLUMES = v1('', 'persistentvolumes');
export const SERVICE_ACCOUNTS = v1('', 'serviceaccounts');
export const LEASES = v1('coordination.k8s.io', 'leases');
export const STORAGE_CLASSES = v1('storage.k8s.io', 'storageclasses');
export const CSI_DRIVERS = v1('storage.k8s.io', 'csidrivers');
export const SECRET_PROVIDER_CLASSES = v1('secrets-store.csi.x-k8s.io', 'secretproviderclasses');

/** Where the objects of a kind are, in all namespaces or in one. */
export function pathOf({ group, version, resource }: Resource, namespace?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${within}/${resource}`;
}
