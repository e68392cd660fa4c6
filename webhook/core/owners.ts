import { equal } from './equal.ts';
import { type Fields, isFields } from './fields.ts';
import type { StatefulSet, StatefulSetSpec } from './statefulset.ts';

/** Parts of a set that a mutation may put back as they are stored. */
const PARTS = ['template', 'volumeClaimTemplates'] as const satisfies (keyof StatefulSetSpec)[];
type Part = (typeof PARTS)[number];

/** Who set which fields: an entry of `metadata.managedFields`. */
interface Entry {
  readonly manager?: unknown;
  readonly operation?: unknown;
  readonly apiVersion?: unknown;
  readonly subresource?: unknown;
  readonly fieldsV1?: Fields;
}

/**
 * Leaves to their owners what the mutation put back as it is stored. The API server writes down who changed what before
 * it asks webhooks (Kubernetes 1.36, apiserver/pkg/endpoints/handlers/update.go), so a manifest without the injection
 * takes over whole lists although nothing of them changes in the end, and the next server-side apply of their owner would
 * be refused for a conflict. What a server-side apply names, it owns: there nothing is to be done.
 */
export function keepOwners(
  result: StatefulSet,
  incoming: StatefulSet,
  stored: StatefulSet,
): StatefulSet {
  const parts = PARTS.filter(
    (part) =>
      result.spec[part] !== incoming.spec[part] && equal(result.spec[part], stored.spec[part]),
  );
  if (parts.length === 0) return result;
  const [entries, before] = [entriesOf(incoming), entriesOf(stored)];
  const taken = parts.filter((part) => entries.some((entry) => hasTaken(entry, before, part)));
  if (taken.length === 0) return result;
  const managedFields = restored(entries, before, taken);
  return { ...result, metadata: { ...result.metadata, managedFields } };
}

function entriesOf({ metadata }: StatefulSet): readonly Entry[] {
  const { managedFields } = metadata;
  return Array.isArray(managedFields) ? managedFields.filter(isFields) : [];
}

/** Whether that manager got fields of the part by an update, which is how everything but a server-side apply is called. */
function hasTaken(entry: Entry, before: readonly Entry[], part: Part): boolean {
  if (entry.operation !== 'Update') return false;
  return !isWithin(fieldsOf(entry, part), fieldsOf(counterpart(entry, before), part));
}

/** The entries with their fields of these parts as they were; one that has no fields left is dropped. */
function restored(
  entries: readonly Entry[],
  before: readonly Entry[],
  parts: readonly Part[],
): object[] {
  const gone = before.filter((entry) => counterpart(entry, entries) === undefined);
  const all = [
    ...entries.map((entry) => withParts(entry, counterpart(entry, before), parts)),
    ...gone.map((entry) => withParts({ ...entry, fieldsV1: {} }, entry, parts)),
  ];
  return all.filter(({ fieldsV1 }) => Object.keys(fieldsV1).length > 0);
}

function withParts(entry: Entry, former: Entry | undefined, parts: readonly Part[]) {
  const spec: Record<string, unknown> = { ...specOf(entry) };
  for (const part of parts) {
    const fields = fieldsOf(former, part);
    if (fields === undefined) delete spec[`f:${part}`];
    else spec[`f:${part}`] = fields;
  }
  const { 'f:spec': _, ...others } = entry.fieldsV1 ?? {};
  const fieldsV1 = Object.keys(spec).length > 0 ? { ...others, 'f:spec': spec } : others;
  return { ...entry, fieldsV1 };
}

/** The entry of the same manager that was written in the same way. */
function counterpart(entry: Entry, entries: readonly Entry[]): Entry | undefined {
  return entries.find(
    (other) =>
      other.manager === entry.manager &&
      other.operation === entry.operation &&
      other.apiVersion === entry.apiVersion &&
      other.subresource === entry.subresource,
  );
}

function specOf(entry: Entry | undefined): Fields {
  const spec = entry?.fieldsV1?.['f:spec'];
  return isFields(spec) ? spec : {};
}

function fieldsOf(entry: Entry | undefined, part: Part): unknown {
  return specOf(entry)[`f:${part}`];
}

/** Whether each of the fields is one of the others too. */
function isWithin(fields: unknown, others: unknown): boolean {
  if (fields === undefined) return true;
  if (!isFields(fields) || !isFields(others)) return false;
  return Object.entries(fields).every(([key, inner]) => isWithin(inner, others[key]));
}
