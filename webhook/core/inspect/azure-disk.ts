import type { StorageClassFacts } from '../view.ts';

/**
 * What the Azure Disk CSI drivers make of a StorageClass. Parameter names are case-insensitive, values are not
 * (azuredisk-csi-driver v1.34, pkg/azureutils/azure_disk_utils.go).
 */
export interface DiskClass {
  readonly sku: string | undefined;
  /** At least 1. */
  readonly maxShares: number;
  /** Parameters that the driver or Azure refuses, with what would be accepted. */
  readonly refused: readonly { readonly parameter: string; readonly expected: string }[];
}

/** The in-tree provisioner is served by the V1 driver. */
const V1 = ['disk.csi.azure.com', 'kubernetes.io/azure-disk'];

/** The name under which the V2 driver is installed beside V1. */
const V2 = ['disk2.csi.azure.com'];

const SKUS = [
  'Premium_LRS',
  'PremiumV2_LRS',
  'Premium_ZRS',
  'Standard_LRS',
  'StandardSSD_LRS',
  'StandardSSD_ZRS',
  'UltraSSD_LRS',
];

const GIB = 2 ** 30;

/** `undefined` for a class of another driver. */
export function diskClass({ provisioner, parameters }: StorageClassFacts): DiskClass | undefined {
  const isV1 = V1.includes(provisioner);
  if (!isV1 && !V2.includes(provisioner)) return undefined;
  const given = new Map(
    Object.entries(parameters).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const sku = given.get('skuname') ?? given.get('storageaccounttype');
  const asked = Number(given.get('maxshares') ?? 1);
  const maxShares = Number.isInteger(asked) && asked >= 1 ? asked : 1;
  const refused = [
    ...refusedSku(sku),
    ...(isV1 ? refusedByV1(given) : []),
    ...refusedCaching(given.get('cachingmode'), maxShares, isV1),
  ];
  return { sku, maxShares, refused };
}

/**
 * How many nodes a disk of that size can be shared by; `undefined` where Azure names no limit by size. Sizes between two
 * tiers are billed, and bounded, as the larger one.
 */
export function shareLimit({ sku }: DiskClass, bytes: number): number | undefined {
  if (sku === undefined || !/^(Premium|StandardSSD)_(LRS|ZRS)$/.test(sku)) return undefined;
  if (bytes <= 512 * GIB) return 3;
  return bytes <= 4096 * GIB ? 5 : 10;
}

function refusedSku(sku: string | undefined): DiskClass['refused'] {
  if (sku === undefined || SKUS.includes(sku)) return [];
  return [{ parameter: `skuName ${sku}`, expected: `one of ${SKUS.join(', ')}` }];
}

function refusedByV1(given: ReadonlyMap<string, string>): DiskClass['refused'] {
  if (!given.has('maxmountreplicacount')) return [];
  return [
    { parameter: 'maxMountReplicaCount', expected: 'it to be left out: only driver V2 knows it' },
  ];
}

/** A shared disk has no host cache. Where none is named, V1 asks for one all the same and V2 does not. */
function refusedCaching(
  caching: string | undefined,
  maxShares: number,
  isV1: boolean,
): DiskClass['refused'] {
  const cached = caching === undefined ? isV1 : caching !== 'None';
  if (maxShares < 2 || !cached) return [];
  const parameter = `maxShares ${maxShares} with cachingMode ${caching ?? 'unset'}`;
  return [{ parameter, expected: 'cachingMode None on a shared disk' }];
}
