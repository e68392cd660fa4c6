import type { Problem } from '../problems.ts';
import type { PodSpec } from '../statefulset.ts';

/** What one injection made of a pod spec. */
export interface Injected<Entry> {
  /** The very spec that came in if nothing was put in. */
  readonly spec: PodSpec;
  /** What was put in, for the marker; `undefined` if nothing. */
  readonly entry: Entry | undefined;
  /** Why the set must be refused. */
  readonly denials: readonly Problem[];
  /** What the template chooses itself, so that it was left alone. */
  readonly warnings: readonly Problem[];
}

/** Nothing was put in. */
export function leftAlone(spec: PodSpec, warnings: readonly Problem[] = []): Injected<never> {
  return { spec, entry: undefined, denials: [], warnings };
}

/** The object without that key, or the very object if it has none. */
export function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  if (!Object.hasOwn(object, key)) return object;
  const { [key]: _, ...rest } = object;
  return rest;
}

/** The object with the list under the key, or without the key where the list is empty, as the API server stores it. */
export function withList<T extends object, K extends keyof T>(
  object: T,
  key: K,
  list: T[K] & readonly unknown[],
): T {
  // The key is optional wherever this is used, which the type system cannot say of a generic key.
  return list.length > 0 ? { ...object, [key]: list } : (without(object, key) as T);
}
