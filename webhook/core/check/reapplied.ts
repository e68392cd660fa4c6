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

type Fields = Readonly<Record<string, unknown>>;

/** Lists that are merged item by item, with the field that tells the items apart (Kubernetes 1.36, patchMergeKey). */
const MERGE_KEYS: Readonly<Record<string, string>> = {
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
};

/** Fields that hold quantities, themselves or by name. */
const QUANTITIES = ['requests', 'limits', 'sizeLimit', 'divisor'];

function over(live: unknown, given: unknown, field: string): unknown {
  if (given == null || (live === undefined && isNothing(given))) return live;
  if (Array.isArray(given)) return listOver(live, given, field);
  if (isFields(given)) return isFields(live) ? mapOver(live, given, field) : given;
  const same = QUANTITIES.includes(field) && amount(live) === amount(given);
  return same ? live : given;
}

function mapOver(live: object, given: object, field: string): Fields {
  const merged: Record<string, unknown> = { ...live };
  for (const [key, value] of Object.entries(given)) {
    const inner = QUANTITIES.includes(field) ? field : key;
    const result = over(merged[key], value, inner);
    if (result !== undefined) merged[key] = result;
  }
  return merged;
}

function listOver(live: unknown, given: readonly unknown[], field: string): readonly unknown[] {
  if (!Array.isArray(live)) return given;
  const key = MERGE_KEYS[field];
  if (key === undefined || !given.every(isFields)) {
    // Replaced as a whole; the defaults of its items are what the API server adds again.
    if (live.length !== given.length) return given;
    return given.map((item, index) => over(live[index], item, field));
  }
  const itemOf = (list: readonly unknown[], id: unknown) =>
    list.filter(isFields).find((item) => item[key] === id);
  const merged = live.map((item) => {
    const own = isFields(item) ? itemOf(given, item[key]) : undefined;
    return own === undefined ? item : over(item, own, '');
  });
  return [...merged, ...given.filter((item) => itemOf(live, item[key]) === undefined)];
}

/** What the API server does not store. */
function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === '' || value === 0 || value === false;
}

/** A quantity as a number; thousandths too, as of CPUs. */
function amount(value: unknown): number | string {
  const text = String(value);
  const number = text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : parseQuantity(text);
  return number ?? text;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
