import { claimName, classOf } from '../inject/storage.ts';
import { type Problem, problem } from '../problems.ts';
import type { ClaimTemplate } from '../statefulset.ts';
import type { StorageClassFacts } from '../view.ts';
import { type DiskClass, diskClass, shareLimit } from './azure-disk.ts';
import type { Inspected } from './inspected.ts';
import { parseQuantity } from './quantity.ts';

/** What is wrong with the classes that the claim templates end up with. Each class is told of once. */
export function inspectClasses({ context, parts }: Inspected): Problem[] {
  const { storageClasses } = context.view;
  if (storageClasses === undefined) return [];
  const told = new Set<string>();
  return (parts.claims ?? []).flatMap((claim) => {
    const name = classOf(claim);
    if (name === undefined || name === '') return [];
    const facts = storageClasses.get(name);
    const first = !told.has(name);
    told.add(name);
    if (facts === undefined) return first ? [problem('ZK202', { class: name })] : [];
    return inspectClass(claim, name, facts, first);
  });
}

function inspectClass(
  claim: ClaimTemplate,
  name: string,
  facts: StorageClassFacts,
  first: boolean,
): Problem[] {
  const disk = diskClass(facts);
  return [
    ...(first ? redundancy(claim, name, facts, disk) : []),
    ...(first && disk !== undefined ? parameters(name, disk) : []),
    ...(disk !== undefined ? accessModes(claim, disk) : []),
    ...(disk !== undefined ? shares(claim, disk) : []),
  ];
}

function redundancy(
  claim: ClaimTemplate,
  name: string,
  facts: StorageClassFacts,
  disk: DiskClass | undefined,
): Problem[] {
  const sku = disk?.sku ?? skuOf(facts);
  if (sku?.endsWith('_ZRS')) return [];
  const found = sku === undefined ? `provisioner ${facts.provisioner} and no SKU` : `SKU ${sku}`;
  return [problem('ZK203', { class: name, sku: found, claim: claimName(claim) })];
}

/** Azure Files spells the parameter alike. */
function skuOf({ parameters: all }: StorageClassFacts): string | undefined {
  return Object.entries(all).find(([key]) => key.toLowerCase() === 'skuname')?.[1];
}

function parameters(name: string, disk: DiskClass): Problem[] {
  return disk.refused.map(({ parameter, expected }) =>
    problem('ZK204', { class: name, parameter, expected }),
  );
}

function accessModes(claim: ClaimTemplate, disk: DiskClass): Problem[] {
  const mode = (claim.spec.accessModes ?? []).find(
    (one) => one === 'ReadWriteMany' || one === 'ReadOnlyMany',
  );
  const shared = claim.spec.volumeMode === 'Block' && disk.maxShares >= 2;
  if (mode === undefined || shared) return [];
  return [problem('ZK205', { claim: claimName(claim), mode })];
}

function shares(claim: ClaimTemplate, disk: DiskClass): Problem[] {
  const size = claim.spec.resources?.requests?.storage;
  const bytes = size === undefined ? undefined : parseQuantity(String(size));
  const limit = bytes === undefined ? undefined : shareLimit(disk, bytes);
  if (size === undefined || limit === undefined || disk.maxShares <= limit) return [];
  const values = { claim: claimName(claim), size, shares: disk.maxShares, limit };
  return [problem('ZK206', values)];
}
