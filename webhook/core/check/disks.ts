import { claimName } from '../inject/storage.ts';
import { diskClass } from '../inspect/azure-disk.ts';
import { type Problem, problem } from '../problems.ts';
import type { ClusterFacts } from './facts.ts';
import type { SetState } from './set-state.ts';

/** Claims by `namespace/` and their name without the ordinal. */
export type ClaimIndex = ReadonlyMap<string, readonly string[]>;

export function indexClaims({ view, zonesOfClaims }: ClusterFacts): ClaimIndex {
  const index = new Map<string, string[]>();
  for (const key of new Set([
    ...(zonesOfClaims ?? new Map()).keys(),
    ...(view.claims ?? new Map()).keys(),
  ])) {
    const base = /^(.*)-\d+$/.exec(key)?.[1];
    if (base === undefined) continue;
    const found = index.get(base);
    if (found === undefined) index.set(base, [key]);
    else found.push(key);
  }
  return index;
}

/** One problem for each claim template of which some claim has its disk in a single zone. */
export function zonalDisks(
  { set, namespace, name }: SetState,
  facts: ClusterFacts,
  index: ClaimIndex,
): Problem[] {
  return (set.spec.volumeClaimTemplates ?? []).flatMap((template) => {
    const claims = index.get(`${namespace}/${claimName(template)}-${name}`) ?? [];
    const zonal = claims.flatMap((key) => {
      const where = placeOf(key, facts);
      return where === undefined ? [] : [{ claim: key.slice(namespace.length + 1), where }];
    });
    const [first] = zonal;
    if (first === undefined) return [];
    const more = zonal.length === 1 ? '' : `, as have ${zonal.length - 1} more of the set`;
    return [problem('ZK738', { ...first, more })];
  });
}

/** The single zone of a claim's disk: by its volume if that is known, else by what its class makes. */
function placeOf(key: string, { view, zonesOfClaims }: ClusterFacts): string | undefined {
  const zones = zonesOfClaims?.get(key);
  // A volume without zones is of a cluster without them.
  if (zones !== undefined && zones.length > 0) {
    const [zone] = zones;
    return new Set(zones).size === 1 ? `zone ${zone} only` : undefined;
  }
  const name = view.claims?.get(key);
  const facts = name === undefined ? undefined : view.storageClasses?.get(name);
  const sku = facts && diskClass(facts)?.sku;
  return sku === undefined || sku.endsWith('_ZRS')
    ? undefined
    : `one zone: class "${name}" has SKU ${sku}`;
}
