import { problem } from '../problems.ts';
import type { PodSpec } from '../statefulset.ts';
import { type Injected, leftAlone, without } from './injected.ts';

/** The scheduler that the API server fills in, so that "unset" cannot be told from it in a stored set. */
export const DEFAULT_SCHEDULER = 'default-scheduler';

/** A scheduler that was put in. */
export interface SchedulerEntry {
  readonly name: string;
  /** What stood there before, if anything. */
  readonly was?: string;
}

/** Sets the scheduler of a template that keeps the default one. */
export function injectScheduler(spec: PodSpec, name: string): Injected<SchedulerEntry> {
  const found = spec.schedulerName;
  if (found !== undefined && found !== DEFAULT_SCHEDULER) {
    const conflict = problem('ZK212', { found, wanted: name });
    return leftAlone(spec, found === name ? [] : [conflict]);
  }
  if (name === DEFAULT_SCHEDULER) return leftAlone(spec);
  const entry = found === undefined ? { name } : { name, was: found };
  return { spec: { ...spec, schedulerName: name }, entry, denials: [], warnings: [] };
}

/** Puts back what stood there before, unless somebody has chosen another scheduler since. */
export function stripScheduler(spec: PodSpec, { name, was }: SchedulerEntry): PodSpec {
  if (spec.schedulerName !== name) return spec;
  return was === undefined ? without(spec, 'schedulerName') : { ...spec, schedulerName: was };
}
