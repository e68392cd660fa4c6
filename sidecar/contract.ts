/**
 * Names that the injector writes into a pod template and that the sidecar, and whoever reads the pod, relies on.
 * They are fixed: changing one changes every injected template.
 */

/** The CSI driver that mounts Key Vault objects (secrets-store.csi.x-k8s.io). */
export const SECRETS_STORE_DRIVER = 'secrets-store.csi.k8s.io';

/** Volume of the mounted secrets; with several classes each volume is this name, a dash and the class. */
export const SECRETS_VOLUME = 'zonekeeper-secrets';

/** Where the secrets are mounted unless the annotation `mount-path` says otherwise. */
export const DEFAULT_MOUNT_PATH = '/mnt/secrets-store';
