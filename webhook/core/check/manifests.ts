import type { Context } from '../context.ts';
import { equal } from '../equal.ts';
import { type Marker, readMarker } from '../marker.ts';
import { mutateCreate } from '../mutate.ts';
import { injectionsOf, type Mutation } from '../mutation.ts';
import { type Problem, problem } from '../problems.ts';
import { readSwitch } from '../request.ts';
import type { StatefulSet } from '../statefulset.ts';
import type { Level } from './finding.ts';
import type { CheckedSet } from './report.ts';
import { differences, type State } from './set-state.ts';

export interface CheckedManifest {
  readonly set: CheckedSet;
  readonly found: readonly { readonly level: Level; readonly problem: Problem }[];
}

/** Judges the manifest of a set that has annotations of zonekeeper; nothing is known of a cluster. */
export function checkManifest(set: StatefulSet, context: Context): CheckedManifest {
  const { namespace, name, generateName = '' } = set.metadata;
  const mutation = mutateCreate(set, namespace ?? 'default', { ...context, offline: true });
  const read = readMarker(set);
  const marker = read === 'broken' ? undefined : read;
  const stale = marker?.offline === true && isStale(set, marker, mutation);
  const { denials, warnings } = mutation;
  const late = stale ? [...warnings, problem('ZK744', {})] : warnings;
  return {
    set: {
      ...(namespace !== undefined && { namespace }),
      name: name ?? generateName,
      state: stateOf(set, read),
      ...(marker?.by !== undefined && { version: marker.by }),
      ...(marker?.profile !== undefined && { profile: marker.profile }),
      offline: marker?.offline === true,
      injections: injectionsOf(marker),
      reapply: 'unknown',
      next: differences(marker, mutation),
    },
    found: [
      ...denials.map((one) => ({ level: 'error' as const, problem: one })),
      ...late.map((one) => ({ level: 'warning' as const, problem: one })),
    ],
  };
}

function stateOf(set: StatefulSet, found: Marker | 'broken' | undefined): State {
  if (found === 'broken') return 'damaged';
  const optedIn = readSwitch(set.metadata.annotations ?? {}) !== false;
  if (optedIn) return found?.request === undefined ? 'opted-in' : 'injected';
  return found === undefined ? 'not-opted-in' : 'opted-out';
}

/** Whether an injection today makes another object, in more than the version that made it. */
function isStale(set: StatefulSet, marker: Marker, { object, outcome }: Mutation): boolean {
  if (outcome === 'denied') return false;
  const after = readMarker(object);
  if (after === undefined || after === 'broken') return true;
  return !equal(object.spec, set.spec) || !equal({ ...after, by: '' }, { ...marker, by: '' });
}
