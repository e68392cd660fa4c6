import type { SecretsPlan } from '../inject/secrets.ts';
import { type Problem, problem } from '../problems.ts';
import type { StatefulSet } from '../statefulset.ts';

/** Names of objects are at most so long. */
const LONGEST_NAME = 253;

/** A set may be scaled later without being seen here, so its ordinals are taken to have so many digits at least. */
const ORDINAL_DIGITS = 5;

/**
 * Classes for which the driver could not make the object by which it tells of a mount, `POD-NAMESPACE-CLASS`
 * (secrets-store-csi-driver v1.6): the mount fails with it.
 */
export function longStatusNames(
  { metadata, spec }: StatefulSet,
  namespace: string,
  secrets: SecretsPlan | undefined,
): Problem[] {
  if (secrets === undefined) return [];
  const set = metadata.name ?? metadata.generateName ?? '';
  const highest = (spec.ordinals?.start ?? 0) + (spec.replicas ?? 1);
  const digits = Math.max(ORDINAL_DIGITS, String(highest).length);
  const prefix = `${set}-`.length + digits + `-${namespace}-`.length;
  return secrets.entries
    .filter(({ class: name }) => prefix + name.length > LONGEST_NAME)
    .map(({ class: name }) => problem('ZK119', { class: name, length: prefix + name.length }));
}
