import { isConflict, isNotFound, KubeError } from '../kube-error.ts';

/** What a failure is to the one who counts it. */
export type Failure = 'race' | 'gone' | 'refused' | 'failed';

/** What a replica gets that writes after another one has taken over. */
export class LeadershipLost extends Error {
  constructor() {
    super('another replica leads now');
    this.name = 'LeadershipLost';
  }
}

/**
 * `race`: somebody else was faster, and what is there now is looked at anew. `gone`: the object, its namespace or its kind is
 * there no more. `refused`: the API server will say no again until something is changed. `failed`: anything else.
 */
export function failureOf(error: unknown): Failure {
  if (isConflict(error) || error instanceof LeadershipLost) return 'race';
  if (isNotFound(error) || isOfEndingNamespace(error)) return 'gone';
  return isRefusal(error) ? 'refused' : 'failed';
}

/** A namespace that is being deleted takes nothing new (apiserver/pkg/admission/plugin/namespace/lifecycle, Kubernetes 1.36). */
function isOfEndingNamespace(error: unknown): boolean {
  return (
    error instanceof KubeError && error.status === 403 && /being terminated/.test(error.message)
  );
}

function isRefusal(error: unknown): error is KubeError {
  return error instanceof KubeError && [400, 403, 405, 413, 415, 422].includes(error.status);
}
