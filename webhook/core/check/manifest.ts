import { checkShape } from '../shape.ts';
import type { StatefulSet } from '../statefulset.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest that kubectl applied last, client-side; `undefined` if there is none that can be read. */
export function lastApplied({ metadata }: StatefulSet): StatefulSet | undefined {
  const text = metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) return undefined;
  try {
    return readSet(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A StatefulSet of an API server or a manifest; `undefined` for what is none. */
export function readSet(object: unknown): StatefulSet | undefined {
  const shape = checkShape(object);
  return shape.problems === undefined ? shape.statefulSet : undefined;
}
