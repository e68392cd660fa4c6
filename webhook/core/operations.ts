import { escapePathComponent, type Operation } from 'fast-json-patch';
import { equal } from './equal.ts';
import { type Fields, isFields } from './fields.ts';

/**
 * The operations of a JSON Patch (RFC 6902) that lead from one value to the other. Parts that the two share are passed over.
 *
 * Unlike `compare` of fast-json-patch it sees that an entry was put into a list, and does not write down every entry behind
 * it anew: the patch stands in the API server's audit log, and the environment of a container may hold a secret of its
 * owner's.
 */
export function operationsBetween(before: unknown, after: unknown, path = ''): Operation[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path);
  if (isFields(before) && isFields(after)) return ofFields(before, after, path);
  return [{ op: 'replace', path, value: after }];
}

function ofFields(before: Fields, after: Fields, path: string): Operation[] {
  const operations: Operation[] = [];
  for (const key of Object.keys(before)) {
    // Most are shared, and cost no path.
    if (before[key] === after[key] && Object.hasOwn(after, key)) continue;
    const at = `${path}/${escapePathComponent(key)}`;
    if (!has(after, key)) operations.push({ op: 'remove', path: at });
    else operations.push(...operationsBetween(before[key], after[key], at));
  }
  for (const key of Object.keys(after)) {
    if (Object.hasOwn(before, key) || !has(after, key)) continue;
    operations.push({
      op: 'add',
      path: `${path}/${escapePathComponent(key)}`,
      value: after[key],
    });
  }
  return operations;
}

/** Entry by entry from the front, so that each index is that of the list as the operations before it have made it. */
function ofLists(before: readonly unknown[], after: readonly unknown[], path: string): Operation[] {
  const operations: Operation[] = [];
  let index = 0;
  for (const { old, now } of counterparts(before, after)) {
    const at = `${path}/${index}`;
    if (now === undefined) operations.push({ op: 'remove', path: at });
    else if (old === undefined) operations.push({ op: 'add', path: at, value: after[now] });
    else operations.push(...operationsBetween(before[old], after[now], at));
    if (now !== undefined) index += 1;
  }
  return operations;
}

/** Indices of an entry in two lists; `undefined` where it is in one of them only. */
export interface Counterpart {
  readonly old: number | undefined;
  readonly now: number | undefined;
}

/** Which entry of a list has become which of the other, in their order. */
export function counterparts(
  before: readonly unknown[],
  after: readonly unknown[],
): readonly Counterpart[] {
  const found: Counterpart[] = [];
  let [old, now] = [0, 0];
  while (old < before.length || now < after.length) {
    const longer = after.length - now - (before.length - old);
    const both = old < before.length && now < after.length;
    const pair = longer === 0 || (both && corresponds(before[old], after[now]));
    found.push({
      old: pair || longer < 0 ? old++ : undefined,
      now: pair || longer > 0 ? now++ : undefined,
    });
  }
  return found;
}

/** Whether an entry is what has become of another one: containers, volumes and variables go by their name. */
function corresponds(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (isFields(one) && isFields(other) && (has(one, 'name') || has(other, 'name'))) {
    return one.name === other.name;
  }
  return equal(one, other);
}

/** What is `undefined` is not there, as in JSON. */
function has(fields: Fields, key: string): boolean {
  return Object.hasOwn(fields, key) && fields[key] !== undefined;
}
