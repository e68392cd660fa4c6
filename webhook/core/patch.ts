import jsonPatch, { type Operation } from 'fast-json-patch';
import { equal } from './equal.ts';
import { counterparts, operationsBetween } from './operations.ts';
import type { StatefulSet } from './statefulset.ts';

export type { Operation };

/**
 * The JSON Patch (RFC 6902) from one object to the other, empty where they are the same. The result of a mutation shares
 * with its origin whatever did not change, and the comparison passes over that. The patch has been applied to the
 * original and gives the result; `undefined` if it did not: such a patch must never be sent, because the API server fails
 * the request even under failurePolicy Ignore (Kubernetes 1.36, webhook/mutating/dispatcher.go).
 */
export function makePatch(before: StatefulSet, after: StatefulSet): Operation[] | undefined {
  if (before === after) return [];
  const patch = operationsBetween(before, after);
  if (reproduces(patch, before, after)) return patch;
  const coarse = replaceParts({ ...before }, { ...after });
  return reproduces(coarse, before, after) ? coarse : undefined;
}

/** For what the comparison or its check cannot express, such as a key `__proto__`: whole parts in the place of details. */
function replaceParts(before: Nested, after: Nested): Operation[] {
  return Object.keys(after)
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ op: 'replace', path: `/${key}`, value: after[key] }));
}

/** Whether the patch, applied to the original, gives the result. Never throws, and leaves the original as it is. */
export function reproduces(patch: readonly Operation[], before: object, after: object): boolean {
  try {
    const copy = copyUnshared(before, after);
    const { newDocument } = jsonPatch.applyPatch(copy, patch, mustApply, true, true);
    return equal(newDocument, after);
  } catch {
    return false;
  }
}

/**
 * Throws for what the API server's JSON Patch refuses: to replace or remove what is not there, to add to what is not there.
 * The library's own validation looks through every value besides, which the comparison of the result does anyway. It is
 * called for each operation with as much of its path as exists.
 */
function mustApply({ op, path }: Operation, _index: number, _document: unknown, exists = path) {
  const parent = op === 'add' ? path.slice(0, path.lastIndexOf('/')) : path;
  if (exists !== path && exists !== parent) throw new RangeError(`nothing at ${parent}`);
}

/** A copy of the original that shares with it only what the result shares too, so no operation changes the original. */
function copyUnshared(before: unknown, after: unknown): unknown {
  if (before === after || !isNested(before) || !isNested(after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) return copyList(before, after);
  const copy = { ...before };
  for (const key of Object.keys(copy)) {
    if (before[key] !== after[key]) copy[key] = copyUnshared(before[key], after[key]);
  }
  return copy;
}

/** Operations lead into those entries alone that have become another one. */
function copyList(before: readonly unknown[], after: readonly unknown[]): unknown[] {
  const copy = [...before];
  for (const { old, now } of counterparts(before, after)) {
    if (old !== undefined && now !== undefined) copy[old] = copyUnshared(before[old], after[now]);
  }
  return copy;
}

type Nested = Record<string, unknown>;

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null;
}
