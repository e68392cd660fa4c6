import { stripClasses } from './inject/storage.ts';
import { readMarker, recordOf, unknownFields } from './marker.ts';
import { mutated } from './mutation.ts';
import { listed, type Problem, problem } from './problems.ts';
import type { StatefulSet } from './statefulset.ts';
import { stripTemplate } from './template.ts';

export interface Uninjected {
  /** The very object that came in if nothing was injected into it. */
  readonly object: StatefulSet;
  readonly warnings: readonly Problem[];
}

/**
 * Takes out of a manifest what its marker lists, the classes of the claim templates and the marker itself. For files: a
 * stored set can no longer lose its classes.
 */
export function uninject(object: StatefulSet): Uninjected {
  const marker = readMarker(object);
  if (marker === undefined) return { object, warnings: [] };
  if (marker === 'broken') return { object, warnings: [problem('ZK218', {})] };
  const unknown = Object.keys(unknownFields(marker));
  if (unknown.length > 0) {
    const values = { by: marker.by ?? 'unknown', fields: listed(unknown) };
    return { object, warnings: [problem('ZK120', values)] };
  }
  const parts = {
    template: stripTemplate(object.spec.template, recordOf(marker)),
    claims: stripClasses(object.spec.volumeClaimTemplates, marker.claims ?? {}),
    marker: undefined,
  };
  return { object: mutated(object, parts, 'stripped', []).object, warnings: [] };
}
