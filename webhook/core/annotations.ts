import { ENV_FORMATS } from '../../sidecar/contract.ts';

/** Every annotation of the contract starts with it. */
export const PREFIX = 'zonekeeper.io/';

/** Tolerations of `fast-failover` last at least and at most so many seconds. */
export const FAST_FAILOVER_SECONDS = { least: 5, most: 300 } as const;

/** A list of names is this long at most: more would only make an object that no cluster stores. */
export const MOST_NAMES = 100;

/** `mount-path` in characters; with the folder of a class below it, a path of Linux ends at 4095. */
export const LONGEST_MOUNT_PATH = 1024;

/** The profile of sets that name none. */
export const DEFAULT_PROFILE = 'default';

export interface Annotation {
  readonly key: string;
  /** Grammar of the value, for the documentation. */
  readonly value: string;
  readonly default: string;
  readonly meaning: string;
}

/**
 * The annotations that this version acts on, on the StatefulSet's own `metadata.annotations`. The reference in
 * docs/annotations.md is made from this table.
 */
export const ANNOTATIONS: readonly Annotation[] = [
  {
    key: 'inject',
    value: '`"true"`, `"false"`',
    default: '–',
    meaning: 'Opts the set in or out. Any other value is refused.',
  },
  {
    key: 'profile',
    value: 'name',
    default: '`default`',
    meaning: 'The administrator’s named set of defaults. An unknown one is refused, with the list.',
  },
  {
    key: 'storage-class',
    value: 'StorageClass, `none`',
    default: 'profile',
    meaning:
      'Class for claim templates that choose none themselves (no `storageClassName`, `volumeName`, `selector` or beta annotation). Only a set that is being created can get it: claim templates are immutable.',
  },
  {
    key: 'scheduler-name',
    value: 'name, `none`',
    default: 'profile',
    meaning: 'Scheduler for templates whose `schedulerName` is unset or `default-scheduler`.',
  },
  {
    key: 'key-vault',
    value: 'name of a vault: 3 to 24 letters, digits and hyphens',
    default: 'profile',
    meaning:
      'The key vault that holds the `secrets`; zonekeeper makes the SecretProviderClass that mounts them.',
  },
  {
    key: 'secrets',
    value: 'list of at most 100 `[FILE=][secret/|cert/|key/]NAME[@VERSION]`, by comma or newline',
    default: '–',
    meaning:
      'Objects of the vault to mount, each as a file of its own name or as `FILE`, which may lie in folders. Without version the current one, also after a rotation. Each object once, whatever its version.',
  },
  {
    key: 'client-id',
    value: 'GUID',
    default: 'profile',
    meaning:
      'Client id of the managed identity that reads the vault. The identity needs a federated credential for the set’s service account, unless the profile says that the node’s identity or an identity binding is used.',
  },
  {
    key: 'tenant-id',
    value: 'GUID',
    default: 'profile',
    meaning: 'Tenant of the vault.',
  },
  {
    key: 'secret-provider-class',
    value: 'list of at most 100 SecretProviderClasses, by comma or newline',
    default: '–',
    meaning:
      'Existing classes of the set’s namespace; each is mounted read-only through the Secrets Store CSI driver.',
  },
  {
    key: 'mount-path',
    value: 'absolute path',
    default: '`/mnt/secrets-store`',
    meaning:
      'Where the secrets are mounted. With several classes each has a folder below it: an existing class of its name, the `secrets` one of the vault’s name. At most 1024 characters, no `:` and no `..`.',
  },
  {
    key: 'containers',
    value: 'list of at most 100 container names, by comma or newline',
    default: 'all, init containers too',
    meaning:
      'Which containers get the mounts and the variables. A name that the template lacks is refused.',
  },
  {
    key: 'sidecar',
    value: '`"true"`, `"false"`',
    default: '`"true"` if secrets are mounted',
    meaning:
      'Whether a sidecar makes variables of the mounted files. Without it the secrets are mounted and nothing else; the annotations below are refused then.',
  },
  {
    key: 'env',
    value:
      'list of at most 100 `NAME=FILE`, `NAME=@FILE` and `auto`, or `none`; by comma or newline',
    default: '`auto`',
    meaning:
      'Which files become variables. `NAME=FILE`: the content of the file. `NAME=@FILE`: its path, for certificates and values of several lines. `auto`: every file that is not named, `my-secret` as `MY_SECRET`, a certificate or key as the path in `MY_CERT_FILE`. FILE is a path below the mount; with several classes `CLASS/FILE`, or the file alone where one class has it. Two files for one variable are refused.',
  },
  {
    key: 'env-format',
    value: ENV_FORMATS.map((format) => `\`${format}\``).join(', '),
    default: '`posix`',
    meaning: 'Grammar of the environment file: what reads it.',
  },
  {
    key: 'env-delivery',
    value: '`file`, `kubernetes`, `none`',
    default: '`file`',
    meaning:
      "How the variables reach the application. `file`: `/run/zonekeeper` is mounted and `ZONEKEEPER_ENV_FILE` names the file. `kubernetes`: the kubelet sets the variables itself when a container starts (`fileKeyRef`, Kubernetes 1.35 and later); a value can be neither empty nor have a `'`. `none`: nothing is delivered, the sidecar only watches.",
  },
  {
    key: 'on-rotation',
    value: '`none`, `http=URL`, `restart`',
    default: '`none`',
    meaning:
      'What the sidecar does when the secrets have changed. `http=URL`: a POST to a server of the pod itself (localhost, 127.0.0.1, [::1]). `restart`: the kubelet restarts all containers of the pod in place, without a graceful stop (Kubernetes 1.36 and later).',
  },
  {
    key: 'verify',
    value: '`"true"`, `"false"`',
    default: 'profile',
    meaning:
      'Whether the sidecar compares what is mounted with Key Vault, by the workload identity of the pod.',
  },
  {
    key: 'flexvolume',
    value: '`auto`, `convert`, `keep`',
    default: '`auto`',
    meaning:
      'What becomes of FlexVolumes of the driver `azure/kv`: made CSI volumes where the files stay byte for byte, and refused where they would not (`auto`); all of them (`convert`); none (`keep`). See [how to migrate](migrate-from-flexvolume.md).',
  },
  {
    key: 'proximity-placement-group',
    value: 'name of the node pool’s group',
    default: '–',
    meaning:
      'Requires nodes with that label `kubernetes.azure.com/ppg`. A group lies in one zone, so it is warned about beside claims.',
  },
  {
    key: 'fast-failover',
    value: 'duration from `5s` to `300s`',
    default: 'off',
    meaning:
      'Tolerates `node.kubernetes.io/not-ready` and `node.kubernetes.io/unreachable` for that long; Kubernetes itself waits 300 s.',
  },
  {
    key: 'injected',
    value: 'JSON',
    default: '–',
    meaning:
      'Written by zonekeeper only: what it put in, and for which request. Never edit it by hand.',
  },
];

/** The marker's annotation, with its prefix. */
export const MARKER = `${PREFIX}injected`;
