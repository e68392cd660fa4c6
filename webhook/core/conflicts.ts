import { choosesClass, classOf } from './inject/storage.ts';
import type { Parts } from './mutation.ts';
import { type Problem, problem } from './problems.ts';
import type { InjectionRequest } from './request.ts';

/**
 * What the user chose in the object itself although an annotation asks for something else. A profile is a default, so
 * where a template goes its own way nothing is said of it.
 */
export function chosenInstead(
  request: InjectionRequest,
  { claims, marker }: Parts,
  found: readonly Problem[],
): Problem[] {
  const own = found.filter(
    ({ code }) => code !== 'ZK212' || request.schedulerName.origin === 'annotation',
  );
  const { value, origin } = request.storageClassName;
  const given = Object.keys(marker?.claims ?? {}).length > 0;
  const agreed = (claims ?? []).length > 0 && (claims ?? []).every((one) => classOf(one) === value);
  const chosen = (claims ?? []).every(choosesClass) && !agreed;
  const idle = origin === 'annotation' && value !== undefined && !given && chosen;
  return idle ? [...own, problem('ZK213', {})] : own;
}
