import type { Json } from '../../core/statefulset.ts';

export type JsonRecord = { readonly [key: string]: Json };

/** An object of JSON, not a list and not null. */
export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key, whatever objects inherit: `toString` may well be a label. */
export function fieldOf(record: JsonRecord, key: string | undefined): Json | undefined {
  return key !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
