import type { StatefulSet } from '../../webhook/core/statefulset.ts';
import { arriving } from './statefulset.ts';

/** Keys by which the items of a list are told apart; other lists are replaced as a whole. */
const ITEM_KEYS: Readonly<Record<string, string>> = {
  initContainers: 'name',
  containers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * What `kubectl apply` makes of a stored set: what the manifest says, without what the manifest before said and this one no
 * longer does, and with all that neither of them speaks of.
 */
export function applied(
  manifest: StatefulSet,
  before: StatefulSet,
  live: StatefulSet,
  namespace?: string,
): StatefulSet {
  const merged = mergeFields(
    manifest as unknown as Fields,
    before as unknown as Fields,
    live as unknown as Fields,
  );
  return arriving(merged as unknown as StatefulSet, namespace);
}

function merge(key: string, now: unknown, before: unknown, live: unknown): unknown {
  if (now === undefined || now === null) return before == null ? live : undefined;
  const itemKey = ITEM_KEYS[key];
  if (Array.isArray(now)) {
    return itemKey === undefined ? now : mergeItems(itemKey, now, listOf(before), listOf(live));
  }
  if (typeof now !== 'object') return now;
  return mergeFields(now as Fields, fieldsOf(before), fieldsOf(live));
}

function mergeFields(now: Fields, before: Fields, live: Fields): Fields {
  const keys = new Set([...Object.keys(live), ...Object.keys(now)]);
  const merged = [...keys].map((key): [string, unknown] => [
    key,
    merge(key, own(now, key), own(before, key), own(live, key)),
  ]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

function mergeItems(
  itemKey: string,
  now: readonly Fields[],
  before: readonly Fields[],
  live: readonly Fields[],
): readonly Fields[] {
  const find = (list: readonly Fields[], item: Fields) =>
    list.find((one) => one[itemKey] === item[itemKey]);
  const named = now.map((item) =>
    mergeFields(item, find(before, item) ?? {}, find(live, item) ?? {}),
  );
  return [...named, ...live.filter((item) => !find(now, item) && !find(before, item))];
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value : []);
