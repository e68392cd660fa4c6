import { equal } from '../core/equal.ts';
import { type Problem, problem } from '../core/problems.ts';
import type { SecretProviderClass } from '../core/secrets/provider-class.ts';
import type { Json } from '../core/statefulset.ts';
import type { EditedManifest, EditedSet } from './edited.ts';
import type { Target } from './targets.ts';
import { isRecord } from './yaml/record.ts';

/** What becomes of the SecretProviderClasses that stand beside the sets in the input, or should. */
export interface ClassChanges {
  /** Those that are to be written before a set. */
  readonly added: ReadonlyMap<Target, readonly SecretProviderClass[]>;
  /** Those that were made for a set which no longer needs them, and that nobody has touched. */
  readonly removed: ReadonlySet<Target>;
  /** Those that bear the name of one that is needed and have another content. */
  readonly foreign: ReadonlyMap<Target, Problem>;
}

/** Looks at all input at once: a class may lie in another file than its set. */
export function classChanges(all: readonly EditedManifest[]): ClassChanges {
  const sets = all.flatMap(({ edited }) => edited);
  const wanted = byKey(sets.flatMap(({ after }) => after));
  const former = byKey(sets.flatMap(({ before }) => before));
  const found = all
    .flatMap(({ manifest }) => manifest.targets)
    .flatMap((target) => {
      const key = keyOf(target.value);
      return key === undefined ? [] : [{ target, now: wanted.get(key), old: former.get(key) }];
    });
  const removed = found.filter(({ target, now, old }) => !now && equal(old, target.value));
  const foreign = found.flatMap(({ target, now }) =>
    now === undefined || hasContent(target.value, now) ? [] : [[target, conflict(now)] as const],
  );
  return {
    added: missing(sets, new Set(found.map(({ target }) => keyOf(target.value)))),
    removed: new Set(removed.map(({ target }) => target)),
    foreign: new Map(foreign),
  };
}

/** Each class that is not there yet, with the first set that needs it. */
function missing(
  sets: readonly EditedSet[],
  present: Set<string | undefined>,
): ReadonlyMap<Target, readonly SecretProviderClass[]> {
  const added = new Map<Target, readonly SecretProviderClass[]>();
  for (const { target, after } of sets) {
    const absent = after.filter((one) => !present.has(keyOf(one)));
    for (const one of absent) present.add(keyOf(one));
    if (absent.length > 0) added.set(target, absent);
  }
  return added;
}

function conflict({ metadata }: SecretProviderClass): Problem {
  return problem('ZK234', { class: metadata.name });
}

function byKey(classes: readonly SecretProviderClass[]): ReadonlyMap<string, SecretProviderClass> {
  return new Map(classes.map((one) => [keyOf(one) ?? '', one]));
}

/** `NAMESPACE/NAME` of a SecretProviderClass; `undefined` for every other object. */
function keyOf(object: Json | SecretProviderClass): string | undefined {
  if (!isRecord(object as Json)) return undefined;
  const { kind, metadata } = object as Readonly<Record<string, Json>>;
  if (kind !== 'SecretProviderClass' || !isRecord(metadata)) return undefined;
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}

/** Labels and the like are anybody's; the content is what the name stands for. */
function hasContent(object: Json, { spec }: SecretProviderClass): boolean {
  return isRecord(object) && equal(object.spec, spec);
}
