import type { Json } from '../core/statefulset.ts';
import { isRecord } from './yaml/record.ts';
import type { Segment } from './yaml/stream.ts';

/** An object within a document: the document itself, or an item of a List. */
export interface Target {
  readonly path: readonly (string | number)[];
  readonly value: Json;
  readonly isStatefulSet: boolean;
  /** An item of a List, which takes any kind. */
  readonly inList: boolean;
  /** Line of the file on which it begins. */
  readonly line: number;
  /** `KIND NAMESPACE/NAME`, as far as it tells them. */
  readonly title: string;
}

/** The objects that a document holds: one, the items of a List (also of Lists within), or none. */
export function targetsOf(segment: Segment, value: Json): Target[] {
  return objectsIn(value, [], undefined).map(({ object, path, kind, inList }) => ({
    path,
    value: object,
    isStatefulSet: isStatefulSet(object, kind),
    inList,
    line: lineOf(segment, path),
    title: titleOf(object, kind),
  }));
}

interface Found {
  readonly object: Json;
  readonly path: readonly (string | number)[];
  /** The kind that an item takes from a list such as StatefulSetList, if it names none itself. */
  readonly kind: string | undefined;
  readonly inList: boolean;
}

function objectsIn(object: Json, path: Found['path'], itemKind: string | undefined): Found[] {
  if (!isRecord(object)) return [];
  const inList = path.length > 0 && itemKind === undefined;
  const kind = typeof object.kind === 'string' ? object.kind : itemKind;
  const { items } = object;
  if (kind?.endsWith('List') !== true || !Array.isArray(items))
    return [{ object, path, kind, inList }];
  const inner = kind === 'List' ? undefined : kind.slice(0, -'List'.length);
  return items.flatMap((item, index) => objectsIn(item, [...path, 'items', index], inner));
}

function isStatefulSet(object: Json, kind: string | undefined): boolean {
  if (!isRecord(object) || kind !== 'StatefulSet') return false;
  const { apiVersion } = object;
  return apiVersion === 'apps/v1' || (apiVersion === undefined && object.kind === undefined);
}

function lineOf({ document, lineOf }: Segment, path: Target['path']): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: number[] } | undefined;
    const offset = node?.range?.[0];
    if (offset !== undefined) return lineOf(offset);
  }
  return lineOf(document.range[0]);
}

function titleOf(object: Json, kind = 'object'): string {
  const metadata = isRecord(object) && isRecord(object.metadata) ? object.metadata : {};
  const { namespace, name = metadata.generateName } = metadata;
  const text = [namespace, name].filter((part) => typeof part === 'string').join('/');
  return text === '' ? kind : `${kind} ${text}`;
}

/** A copy of a value with objects before an item of a list in it, and that item gone if it is to go. */
export function withItems(
  root: Json,
  path: readonly (string | number)[],
  { before, gone }: { readonly before: readonly Json[]; readonly gone: boolean },
): Json {
  const listPath = path.slice(0, -1);
  let list: Json | undefined = root;
  for (const step of listPath) list = (list as Readonly<Record<string, Json>>)[step];
  const items = (list as readonly Json[]).toSpliced(Number(path.at(-1)), gone ? 1 : 0, ...before);
  return withValueAt(root, listPath, items);
}

/** A copy of a value with another at a path; what lies beside the path is shared. */
export function withValueAt(root: Json, path: readonly (string | number)[], value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(root))
    return root.with(Number(step), withValueAt(root[Number(step)], rest, value));
  const record = root as { readonly [key: string]: Json };
  return { ...record, [step]: withValueAt(record[step] as Json, rest, value) };
}
