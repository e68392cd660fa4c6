import { ANNOTATIONS, PREFIX } from '../core/annotations.ts';
import { type Problem, problem } from '../core/problems.ts';
import type { Json } from '../core/statefulset.ts';
import type { Target } from './targets.ts';
import { isRecord } from './yaml/record.ts';

/** Where the annotations are put by mistake. */
const PLACES = [
  ['metadata', 'annotations'],
  ['metadata', 'labels'],
  ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'template', 'metadata', 'labels'],
] as const;

const KEYS: readonly string[] = ANNOTATIONS.map(({ key }) => PREFIX + key);

/** Warnings about zonekeeper's annotations where they do nothing: as labels, on pod templates, on other kinds. */
export function misplacedIn({ value, isStatefulSet }: Target): Problem[] {
  const places = isStatefulSet ? PLACES.slice(1) : PLACES;
  return places.flatMap((place) => {
    const map = valueAt(value, place);
    const path = place.join('.');
    return KEYS.filter((key) => key in map).map((key) => problem('ZK511', { path, key }));
  });
}

/** The map at a path, or an empty one. */
function valueAt(value: Json, path: readonly string[]): object {
  let place: Json | undefined = value;
  for (const key of path) place = isRecord(place) ? place[key] : undefined;
  return isRecord(place) ? place : {};
}
