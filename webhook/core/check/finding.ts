import type { Problem } from '../problems.ts';

/** An `error` is what does not work, or will not when it is needed; a `warning` is what should be looked at. */
export type Level = 'error' | 'warning';

/** What a finding is about. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace?: string;
  /** Absent for what is one in the cluster, such as the API server. */
  readonly name?: string;
}

export interface CheckFinding {
  readonly level: Level;
  readonly object: ObjectRef;
  readonly problem: Problem;
  /** Where it stands in a file, as `FILE:LINE`. */
  readonly place?: string;
  /** YAML to put into a manifest. */
  readonly lines?: readonly string[];
}

/** A way to make findings about one object. */
export interface About {
  error(problem: Problem): CheckFinding;
  warning(problem: Problem): CheckFinding;
  /** An error if that holds, else a warning. */
  errorIf(condition: boolean, problem: Problem): CheckFinding;
}

export function about(object: ObjectRef): About {
  const finding = (level: Level) => (problem: Problem) => ({ level, object, problem });
  return {
    error: finding('error'),
    warning: finding('warning'),
    errorIf: (condition, problem) => finding(condition ? 'error' : 'warning')(problem),
  };
}

export const CLUSTER: ObjectRef = { kind: 'Cluster' };
