import { MARKER, PREFIX } from '../core/annotations.ts';
import type { Context } from '../core/context.ts';
import { mutateCreate } from '../core/mutate.ts';
import { type Problem, problem } from '../core/problems.ts';
import type { StatefulSet } from '../core/statefulset.ts';
import { uninject } from '../core/uninject.ts';

/** What an edit makes of one set: another object, the same one, or nothing but denials. */
export interface Edited {
  readonly object: StatefulSet;
  readonly denials: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** A way to change sets. */
export interface EditSets {
  readonly edit: (set: StatefulSet, namespace: string) => Edited;
  /** The annotation without which it leaves a set alone. */
  readonly key: string;
  /** Said if no set has that annotation. */
  readonly idle: Problem;
}

/** Injects sets as the webhook does when they are created. */
export function injection(context: Context): EditSets {
  const key = `${PREFIX}inject`;
  return {
    edit: (set, namespace) => mutateCreate(set, namespace, context),
    key,
    idle: problem('ZK510', { key, mend: 'add it to what shall be injected' }),
  };
}

/** Takes out again what was injected. A marker that cannot be read is refused: the set would stay as it is, in silence. */
export const uninjection: EditSets = {
  edit: (set) => {
    const { object, warnings } = uninject(set);
    const denials = warnings.map((found) =>
      found.code === 'ZK218' ? problem('ZK514', {}) : found,
    );
    return { object, denials, warnings: [] };
  },
  key: MARKER,
  idle: problem('ZK510', { key: MARKER, mend: 'nothing to do: nothing was injected' }),
};
