import type { Context } from '../context.ts';
import type { Parts } from '../mutation.ts';
import type { InjectionRequest } from '../request.ts';

/** What is looked at for warnings: a set as it is to be stored, and what is known of the cluster. */
export interface Inspected {
  readonly namespace: string;
  readonly request: InjectionRequest;
  readonly context: Context;
  readonly parts: Parts;
  /** Whether the set is being created. */
  readonly creating: boolean;
}
