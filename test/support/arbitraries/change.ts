import fc from 'fast-check';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';
import { annotated, withPod } from '../statefulset.ts';
import { prefixed, sound } from './annotations.ts';

/** What a user changes of a set; nothing, if it is empty. */
export interface Change {
  /** Whole keys. */
  readonly asks?: Readonly<Record<string, string>>;
  readonly image?: string;
  readonly scheduler?: string;
}

export const changes: fc.Arbitrary<Change> = fc.record(
  {
    asks: sound.map(prefixed),
    image: fc.constantFrom('app:2', 'app:3'),
    scheduler: fc.constantFrom('volcano', 'default-scheduler'),
  },
  { requiredKeys: [] },
);

export function changed(set: StatefulSet, { asks, image, scheduler }: Change): StatefulSet {
  const containers = set.spec.template.spec.containers ?? [];
  const pod = {
    ...(scheduler !== undefined && { schedulerName: scheduler }),
    ...(image !== undefined && { containers: containers.map((one) => ({ ...one, image })) }),
  };
  return withPod(asks === undefined ? set : annotated(set, asks), pod);
}
