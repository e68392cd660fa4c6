import type { InjectionName } from '../mutation.ts';
import type { CheckFinding } from './finding.ts';
import type { Reapply, SetState, State } from './set-state.ts';

/** What a check tells of one set, besides what it finds wrong with it. */
export interface CheckedSet {
  /** Absent where a manifest names none. */
  readonly namespace?: string;
  readonly name: string;
  readonly state: State;
  /** Version of zonekeeper that injected it. */
  readonly version?: string;
  readonly profile?: string;
  /** Whether the command line injected it, into a manifest that was committed. */
  readonly offline: boolean;
  /** What it holds of zonekeeper. */
  readonly injections: readonly InjectionName[];
  readonly reapply: Reapply;
  /** Injections that the next change of its template would bring otherwise. */
  readonly next: readonly InjectionName[];
}

/** What a check found. */
export interface CheckReport {
  /** Namespace that was checked; absent: all of them, or files. */
  readonly namespace?: string;
  /** Version of the API server, such as `1.36`. */
  readonly kubernetes?: string;
  /** Version of the webhook that answered. */
  readonly webhook?: string;
  readonly sets: readonly CheckedSet[];
  /** Errors first. */
  readonly findings: readonly CheckFinding[];
}

export function checkedSet(checked: SetState): CheckedSet {
  const { namespace, name, state, marker, injections, reapply, next } = checked;
  return {
    namespace,
    name,
    state,
    ...(marker?.by !== undefined && { version: marker.by }),
    ...(marker?.profile !== undefined && { profile: marker.profile }),
    offline: marker?.offline === true,
    injections,
    reapply,
    next,
  };
}

/** Errors before warnings, otherwise in the order they were found in. */
export function bySeverity(findings: readonly CheckFinding[]): CheckFinding[] {
  return (['error', 'warning'] as const).flatMap((level) =>
    findings.filter((finding) => finding.level === level),
  );
}
