import { problem } from '../problems.ts';
import type { PodSpec } from '../statefulset.ts';
import { type Injected, leftAlone, without } from './injected.ts';

/** The scheduler that the API server fills in, so that "unset" cannot be told from it in a stored set. */
export const DEFAULT_SCHEDULER = 'default-scheduler';

/** A scheduler that was put in. */
export interface SchedulerEntry {
  readonly name: string;
  /** What stood there before, if anything. */
  readonly was?: typeof DEFAULT_SCHEDULER;
}

/** Sets the scheduler of a template that keeps the default one. */
export function injectScheduler(spec: PodSpec, name: string): Injected<SchedulerEntry> {
  const found = chosenScheduler(spec);
  if (found !== undefined) {
    return leftAlone(spec, found === name ? [] : [problem('ZK212', { found, wanted: name })]);
  }
  if (name === DEFAULT_SCHEDULER) return leftAlone(spec);
  const named = spec.schedulerName === DEFAULT_SCHEDULER;
  const entry: SchedulerEntry = named ? { name, was: DEFAULT_SCHEDULER } : { name };
  return { spec: { ...spec, schedulerName: name }, entry, denials: [], warnings: [] };
}

/** Puts back what stood there before, unless somebody has chosen another scheduler since. */
export function stripScheduler(spec: PodSpec, { name, was }: SchedulerEntry): PodSpec {
  if (spec.schedulerName !== name) return spec;
  return was === undefined ? without(spec, 'schedulerName') : { ...spec, schedulerName: was };
}

/** The scheduler of the template's own; `undefined` where it keeps the default one, named or not. */
export function chosenScheduler({ schedulerName }: PodSpec): string | undefined {
  const open = schedulerName == null || schedulerName === '' || schedulerName === DEFAULT_SCHEDULER;
  return open ? undefined : schedulerName;
}
