import { equal } from '../../core/equal.ts';
import type { Json } from '../../core/statefulset.ts';
import { isRecord } from './record.ts';

/** What becomes of a list: an old entry is kept (perhaps changed) or removed, a new one is inserted. */
export type Step =
  | { readonly kind: 'keep'; readonly before: number; readonly after: number }
  | { readonly kind: 'remove'; readonly before: number }
  | { readonly kind: 'insert'; readonly after: number };

/**
 * Matches the entries of a list with those of its changed form: equal ones at both ends, then by name, as Kubernetes
 * merges lists, or by content. Entries between two matches are paired in order, so that a changed one is changed in place.
 */
export function align(before: readonly Json[], after: readonly Json[]): Step[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && equal(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < most - head && equal(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const [from, to] = [before.length - tail, after.length - tail];
  return [
    ...keep(0, 0, head),
    ...alignMiddle(before.slice(0, from), after.slice(0, to), head),
    ...keep(from, to, tail),
  ];
}

function keep(before: number, after: number, count: number): Step[] {
  return Array.from({ length: count }, (_, index) => {
    return { kind: 'keep', before: before + index, after: after + index };
  });
}

function alignMiddle(before: readonly Json[], after: readonly Json[], start: number): Step[] {
  const steps: Step[] = [];
  let [from, to] = [start, start];
  for (const [next, value] of after.entries()) {
    if (next < start) continue;
    const found = before.findIndex((old, index) => index >= from && same(old, value));
    if (found === -1) continue;
    steps.push(...between(from, found, to, next), ...keep(found, next, 1));
    [from, to] = [found + 1, next + 1];
  }
  return [...steps, ...between(from, before.length, to, after.length)];
}

function between(from: number, until: number, to: number, limit: number): Step[] {
  const steps: Step[] = [];
  let [before, after] = [from, to];
  while (before < until && after < limit) {
    steps.push({ kind: 'keep', before: before++, after: after++ });
  }
  while (before < until) steps.push({ kind: 'remove', before: before++ });
  while (after < limit) steps.push({ kind: 'insert', after: after++ });
  return steps;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  const name = nameOf(a);
  return name === undefined ? equal(a, b) : name === nameOf(b);
}

function nameOf(value: Json | undefined): Json | undefined {
  if (!isRecord(value)) return undefined;
  const { name, metadata } = value;
  if (typeof name === 'string') return name;
  return isRecord(metadata) && typeof metadata.name === 'string' ? metadata.name : undefined;
}
