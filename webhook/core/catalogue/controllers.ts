import type { Message } from './message.ts';

/** Messages about what zonekeeper keeps in the cluster for a StatefulSet: Events on the set, and lines of the log. */
export const CONTROLLERS = {
  ZK601: {
    why: 'A SecretProviderClass that somebody else made is never overwritten, and the pods of the set would mount what it says.',
    found:
      'SecretProviderClass "{class}" exists, is not of zonekeeper and differs from what this set asks for',
    expected: 'that name to be free, or the same content',
    mend: 'delete it, or commit what "zonekeeper inject" prints',
  },
  ZK602: {
    why: 'A policy, a quota or a schema keeps the class from being stored, and the pods wait in ContainerCreating.',
    found: 'the API server refuses SecretProviderClass "{class}": {detail}',
    expected: 'it to be stored',
    mend: 'change what refuses it; it is tried again every few minutes',
  },
  ZK603: {
    why: 'The kind comes with the Secrets Store CSI driver, and without the driver no pod can mount a secret.',
    found: 'StatefulSets ask for secrets, and the cluster has no kind SecretProviderClass',
    expected: 'the Secrets Store CSI driver',
    mend: 'install it (on AKS the add-on azure-keyvault-secrets-provider); it is looked for every minute',
  },
} as const satisfies Record<string, Message>;
