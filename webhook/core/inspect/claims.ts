import { claimName, classOf } from '../inject/storage.ts';
import { type Problem, problem } from '../problems.ts';
import type { StatefulSet } from '../statefulset.ts';
import type { Inspected } from './inspected.ts';

/** Ordinals that are looked at: more warnings than that help nobody, and a review must stay quick. */
const MOST_ORDINALS = 64;

/**
 * Claims that exist already with another class: the StatefulSet controller uses a claim of the right name as it is.
 * One warning a claim template, naming the first such claim.
 */
export function inspectClaims(
  object: StatefulSet,
  { namespace, context, parts }: Inspected,
): Problem[] {
  const known = context.view.claims;
  const set = object.metadata.name;
  if (known === undefined || set == null) return [];
  const start = object.spec.ordinals?.start ?? 0;
  const count = Math.min(object.spec.replicas ?? 1, MOST_ORDINALS);
  return (parts.claims ?? []).flatMap((template) => {
    const wanted = classOf(template);
    if (wanted === undefined) return [];
    for (let index = 0; index < count; index += 1) {
      const claim = `${claimName(template)}-${set}-${start + index}`;
      const found = known.get(`${namespace}/${claim}`);
      if (found !== undefined && found !== wanted) {
        return [problem('ZK207', { claim, found, class: wanted })];
      }
    }
    return [];
  });
}
