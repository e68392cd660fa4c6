import type { Message } from './message.ts';

/** Denials of FlexVolumes that cannot be mounted by the CSI driver as they were. */
export const FLEXVOLUME_DENIALS = {
  ZK145: {
    why: 'A SecretProviderClass of these options could not be mounted, and the pods would wait in ContainerCreating.',
    found: 'FlexVolume "{volume}" has {option} "{found}"',
    expected: '{expected}',
    mend: 'correct the option, or set zonekeeper.io/flexvolume to "keep"',
  },
  ZK146: {
    why: 'The FlexVolume driver wrote a certificate as DER and a key as its modulus; the CSI driver writes both as PEM, so the application would read other bytes.',
    found: 'FlexVolume "{volume}" mounts {type} "{name}", whose file would change to PEM',
    expected: 'secrets only, which stay byte for byte',
    mend: 'let the application read PEM and set zonekeeper.io/flexvolume to "convert", or to "keep"',
  },
  ZK147: {
    why: 'AAD Pod Identity is archived. Workload identity takes its place, but needs a federated credential that only you can make.',
    found: 'FlexVolume "{volume}" reads the vault by pod identity',
    expected: 'workload identity',
    mend: 'make a federated credential and set zonekeeper.io/client-id and flexvolume: "auto", or flexvolume: "keep"',
  },
  ZK148: {
    why: 'Without an identity the provider refuses to mount anything.',
    found: 'FlexVolume "{volume}" names nobody who reads the vault',
    expected: 'secretRef, usevmmanagedidentity or usepodidentity',
    mend: 'add one, or remove the volume',
  },
  ZK149: {
    why: 'A FlexVolume can go past the bounds of the administrator no more than an annotation.',
    found: 'FlexVolume "{volume}" has {option} "{value}", which profile "{profile}" does not allow',
    expected: 'one of {allowed}',
    mend: 'use an allowed one, or ask the administrator',
  },
} as const satisfies Record<string, Message>;
