import jsonPatch from 'fast-json-patch';
import type { Context } from '../../webhook/core/context.ts';
import { mutateCreate, mutateUpdate } from '../../webhook/core/mutate.ts';
import type { Mutation } from '../../webhook/core/mutation.ts';
import { makePatch, type Operation } from '../../webhook/core/patch.ts';
import type { StatefulSet } from '../../webhook/core/statefulset.ts';
import { arriving, copyOf, MARKER } from './statefulset.ts';

export const NAMESPACE = 'shop';

/** One round of an admission as the API server runs it: what it sends, and what it stores by the patch that it gets. */
export interface Admitted {
  readonly mutation: Mutation;
  readonly patch: readonly Operation[];
  /** The set as it is stored; the given one where it was refused. */
  readonly stored: StatefulSet;
}

/** The creation of a set; the API server completes it first. */
export function create(set: StatefulSet, context: Context): Admitted {
  const object = arriving(set, NAMESPACE);
  return admitted(object, (sent) => mutateCreate(sent, NAMESPACE, context));
}

/** The update of a stored set; the API server completes the new one first. */
export function update(set: StatefulSet, live: StatefulSet, context: Context): Admitted {
  const object = arriving(set, NAMESPACE);
  return admitted(object, (sent) => mutateUpdate(sent, live, NAMESPACE, context));
}

/** The patch is applied by another hand than the one that made it, to a copy of its own. */
function admitted(sent: StatefulSet, mutate: (sent: StatefulSet) => Mutation): Admitted {
  const mutation = mutate(sent);
  const patch = makePatch(sent, mutation.object);
  if (patch === undefined) throw new Error('the patch does not reproduce the result');
  if (patch.length === 0) return { mutation, patch, stored: sent };
  const wire = copyOf<Operation[]>(patch);
  return {
    mutation,
    patch,
    stored: jsonPatch.applyPatch(copyOf<StatefulSet>(sent), wire).newDocument,
  };
}

export function markerOf(set: StatefulSet): string | undefined {
  return set.metadata.annotations?.[MARKER];
}
