import type { Message } from './message.ts';

/** Warnings about secrets, their classes and the driver that mounts them. */
export const SECRET_WARNINGS = {
  ZK225: {
    why: 'An annotation that does nothing is usually half of what its author meant.',
    found: 'annotation zonekeeper.io/{key} has nothing to act on',
    expected: '{needed} beside it',
    mend: 'add it, or remove this one',
  },
  ZK226: {
    why: 'Without the driver the volume cannot be mounted, and the pods wait in ContainerCreating.',
    found: 'CSIDriver secrets-store.csi.k8s.io is not installed',
    expected: 'the Secrets Store CSI driver with its Azure provider',
    mend: 'run az aks enable-addons --addons azure-keyvault-secrets-provider, or install its chart',
  },
  ZK227: {
    why: 'The provider exchanges a token of the pod’s service account; the kubelet hands it over only if the driver asks for it.',
    found: 'CSIDriver secrets-store.csi.k8s.io requests no token for {audience}',
    expected: 'it in spec.tokenRequests',
    mend: 'add it by the tokenRequests of the driver’s chart, or upgrade the add-on',
  },
  ZK228: {
    why: 'Without republishing, driver 1.6 and later never fetches a rotated secret for a running pod.',
    found: 'CSIDriver secrets-store.csi.k8s.io does not require republishing',
    expected: 'rotation to be on',
    mend: 'enable secret rotation (az aks addon update --enable-secret-rotation); driver 1.5 polls without it',
  },
  ZK229: {
    why: 'The driver keeps one status for each pod and class, so two volumes of a class overwrite each other’s.',
    found: 'volume "{volume}" of the template mounts SecretProviderClass "{class}" as well',
    expected: 'one volume for each class',
    mend: 'remove that volume, or the class from the annotations',
  },
  ZK230: {
    why: 'A mount with a subPath keeps the first file for ever (kubernetes/kubernetes#50345).',
    found: 'container "{container}" mounts part of volume "{volume}" by subPath',
    expected: 'the whole volume',
    mend: 'read the file below zonekeeper.io/mount-path; by subPath it never sees a rotation',
  },
  ZK231: {
    why: 'The files belong to root whatever fsGroup says, so others read them only by their mode.',
    found:
      'container "{container}" is not root, and class "{class}" writes "{file}" with mode {mode}',
    expected: 'a mode that lets others read, such as 0644',
    mend: 'remove or correct filePermission in the class',
  },
  ZK232: {
    why: 'What zonekeeper does with secrets it does for the Azure provider.',
    found: 'SecretProviderClass "{class}" has provider "{provider}"',
    expected: 'azure',
    mend: 'name another class, or mount this one by a volume of your own',
  },
  ZK233: {
    why: 'The vault is read by the identity in the class; a federated credential is for one identity and one service account.',
    found: 'service account "{account}" is annotated for client {found}',
    expected: '{client}, which reads the vault',
    mend: 'correct zonekeeper.io/client-id, or let that identity trust the account',
  },
  ZK234: {
    why: 'The name of a made class tells its content, so one that differs was changed by hand.',
    found: 'SecretProviderClass "{class}" is in the input with other content',
    expected: 'what zonekeeper makes of the annotations',
    mend: 'remove it and inject again, or list it in zonekeeper.io/secret-provider-class under a name of your own',
  },
  ZK235: {
    why: 'A class that the provider refuses leaves the pods in ContainerCreating.',
    found: 'SecretProviderClass "{class}" is refused by the Azure provider: {refused}',
    expected: 'parameters that it takes',
    mend: 'correct the class before the pods are made',
  },
} as const satisfies Record<string, Message>;
