import { DEFAULT_PROFILE } from '../annotations.ts';
import type { Configuration, Profile } from '../configuration.ts';
import { diskClass } from '../inspect/azure-disk.ts';
import { schedulerProblems } from '../inspect/scheduler.ts';
import { type Problem, problem } from '../problems.ts';
import type { StorageClassFacts } from '../view.ts';
import type { ClusterFacts } from './facts.ts';
import { about, type CheckFinding } from './finding.ts';

/** Whether what the profiles name is there. What no set uses is a warning, but any new set may use `default`. */
export function profileFindings(
  { profiles }: Configuration,
  { view }: ClusterFacts,
  used: ReadonlySet<string>,
  now: number,
): CheckFinding[] {
  return Object.entries(profiles).flatMap(([name, profile]) => {
    const needed = name === DEFAULT_PROFILE || used.has(name);
    return [
      ...classFindings(name, profile, view.storageClasses, needed),
      ...leaseProblems(profile, { view, now }).map((found) =>
        about({ kind: 'Profile', name }).errorIf(needed, found),
      ),
    ];
  });
}

/** The classes of profiles by their provisioner, with the names of the profiles. */
export function provisionersOf(
  { profiles }: Configuration,
  classes: ReadonlyMap<string, StorageClassFacts> | undefined,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, { storageClassName }] of Object.entries(profiles)) {
    const provisioner = classes?.get(storageClassName)?.provisioner;
    // The in-tree name stands for a driver of another name, and other names are no driver's at all.
    if (provisioner === undefined || provisioner.startsWith('kubernetes.io/')) continue;
    const before = found.get(provisioner);
    found.set(provisioner, before === undefined ? `"${name}"` : `${before}, "${name}"`);
  }
  return found;
}

function classFindings(
  profile: string,
  { storageClassName: name }: Profile,
  classes: ReadonlyMap<string, StorageClassFacts> | undefined,
  needed: boolean,
): CheckFinding[] {
  if (classes === undefined || name === 'none') return [];
  const { warning, errorIf } = about({ kind: 'StorageClass', name });
  const facts = classes.get(name);
  if (facts === undefined) {
    return [errorIf(needed, problem('ZK730', { profile, class: name }))];
  }
  const disk = diskClass(facts);
  const refused = (disk?.refused ?? []).map((one) =>
    problem('ZK732', { class: name, profile, ...one }),
  );
  const sku = disk?.sku === undefined ? `provisioner ${facts.provisioner}` : `SKU ${disk.sku}`;
  const zonal = disk?.sku?.endsWith('_ZRS')
    ? []
    : [problem('ZK731', { class: name, profile, sku })];
  return [...refused.map((found) => errorIf(needed, found)), ...zonal.map(warning)];
}

function leaseProblems(
  { schedulerName, schedulerLease }: Profile,
  known: { readonly view: ClusterFacts['view']; readonly now: number },
): Problem[] {
  if (schedulerName === 'none') return [];
  const lease = schedulerLease && `${schedulerLease.namespace}/${schedulerLease.name}`;
  return schedulerProblems(schedulerName, lease, known);
}
