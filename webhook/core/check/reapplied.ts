import { equal } from '../equal.ts';
import { type Fields, isFields } from '../fields.ts';
import { parseQuantity } from '../inspect/quantity.ts';
import type { StatefulSet } from '../statefulset.ts';

/**
 * What a client-side `kubectl apply` of the manifest that was applied last makes of the stored set: what the manifest
 * names is as it says, all else stays. Values that the API server writes otherwise than the manifest (defaults, quantities,
 * what is empty) do not differ. Claim templates are one atomic list, so they come without what the manifest leaves out.
 */
export function reapplied(stored: StatefulSet, manifest: StatefulSet): StatefulSet {
  const { volumeClaimTemplates, ...spec } = manifest.spec;
  const merged = mapOver(stored, { ...manifest, spec }, '') as unknown as StatefulSet;
  if (volumeClaimTemplates == null) return merged;
  return { ...merged, spec: { ...merged.spec, volumeClaimTemplates } };
}

/** Lists that are merged item by item, with the field that tells the items apart (Kubernetes 1.36, patchMergeKey). */
const MERGE_KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    containers: 'name',
    initContainers: 'name',
    volumes: 'name',
    env: 'name',
    imagePullSecrets: 'name',
    volumeMounts: 'mountPath',
    volumeDevices: 'devicePath',
    ports: 'containerPort',
    hostAliases: 'ip',
    topologySpreadConstraints: 'topologyKey',
  }),
);

/** Fields that hold quantities, themselves or by name. */
const QUANTITIES = ['requests', 'limits', 'sizeLimit', 'divisor'];

/** Texts that the API server replaces by their default where they are empty. */
const DEFAULTED = ['schedulerName', 'imagePullPolicy', 'restartPolicy', 'dnsPolicy', 'protocol'];

/** `undefined` where nothing is stored. */
function over(live: unknown, given: unknown, field: string): unknown {
  if (saysNothing(given, live, field)) return live;
  if (Array.isArray(given)) return listOver(Array.isArray(live) ? live : [], given, field);
  if (isFields(given)) return mapOver(isFields(live) ? live : {}, given, field);
  const same = QUANTITIES.includes(field) && amount(live) === amount(given);
  return same ? live : given;
}

function mapOver(live: object, given: object, field: string): Fields {
  // A map, because a label may be called constructor.
  const merged = new Map<string, unknown>(Object.entries(live));
  for (const [key, value] of Object.entries(given)) {
    const inner = QUANTITIES.includes(field) ? field : key;
    const result = over(merged.get(key), value, inner);
    if (result === undefined) merged.delete(key);
    else merged.set(key, result);
  }
  return Object.fromEntries(merged);
}

function listOver(
  live: readonly unknown[],
  given: readonly unknown[],
  field: string,
): readonly unknown[] | undefined {
  const key = MERGE_KEYS.get(field) ?? '';
  if (given.length === 0) return key === '' ? undefined : live;
  const [own, others] = [itemsBy(key, given), itemsBy(key, live)];
  if (own === undefined || others === undefined) {
    // Replaced as a whole; an item that says nothing new is as the API server completed it.
    return given.map((item, index) => {
      const completes = (one: unknown) => equal(over(one, item, field), one);
      const counterpart = live.length === given.length ? live[index] : undefined;
      return [live[index], ...live].find(completes) ?? over(counterpart, item, field);
    });
  }
  const merged = [...others].map(([id, item]) => {
    const named = own.get(id);
    if (named === undefined) return item;
    // A volume has one source, so that of the manifest takes the place of another (patchStrategy retainKeys).
    const kept = Object.entries(item).filter(([name]) => name in named);
    return over(field === 'volumes' ? Object.fromEntries(kept) : item, named, '');
  });
  const added = [...own].filter(([id]) => !others.has(id));
  return [...merged, ...added.map(([, item]) => over(undefined, item, ''))];
}

/** The items by that field; `undefined` unless each has one of its own, as two ports of one number have not. */
function itemsBy(key: string, list: readonly unknown[]): Map<unknown, Fields> | undefined {
  const items = new Map<unknown, Fields>();
  for (const item of list) {
    if (!isFields(item) || item[key] === undefined) return undefined;
    items.set(item[key], item);
  }
  return items.size === list.length ? items : undefined;
}

/** Whether the API server stores nothing of it, or what it stores anyway. */
function saysNothing(given: unknown, live: unknown, field: string): boolean {
  if (given == null) return true;
  if (live !== undefined) return given === '' && DEFAULTED.includes(field);
  if (Array.isArray(given)) return given.length === 0;
  return given === '' || given === 0 || given === false;
}

/** A quantity as a number; thousandths too, as of CPUs. */
function amount(value: unknown): number | string {
  const text = String(value);
  const number = text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : parseQuantity(text);
  return number ?? text;
}
