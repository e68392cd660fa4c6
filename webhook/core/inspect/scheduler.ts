import type { Context } from '../context.ts';
import { DEFAULT_SCHEDULER } from '../inject/scheduler.ts';
import { type Problem, problem } from '../problems.ts';
import type { Inspected } from './inspected.ts';

/**
 * Seconds after which a scheduler counts as dead. Schedulers renew their Lease every 2 s and lose it after 15 s by
 * default, so this leaves room for a change of leader.
 */
const LEASE_SECONDS = 60;

/** Whether the scheduler that the template was given is alive: its pods would stay Pending without any event. */
export function inspectScheduler({ request, context, parts }: Inspected): Problem[] {
  const scheduler = parts.marker?.scheduler?.name;
  if (scheduler === undefined) return [];
  const named = scheduler === request.schedulerName.value ? request.schedulerLease : undefined;
  return schedulerProblems(scheduler, named, context);
}

/** What a scheduler's Lease, `namespace/name`, says against it; by default one of its own name in kube-system. */
export function schedulerProblems(
  scheduler: string,
  lease: string | undefined,
  { view, now }: Pick<Context, 'view' | 'now'>,
): Problem[] {
  const { leases } = view;
  if (scheduler === DEFAULT_SCHEDULER || leases === undefined) return [];
  const name = lease ?? `kube-system/${scheduler}`;
  const facts = leases.get(name);
  if (facts === undefined) return [problem('ZK208', { scheduler, lease: name })];
  const age = Math.round((now - facts.renewedAt) / 1000);
  return age > LEASE_SECONDS
    ? [problem('ZK209', { scheduler, lease: name, age, limit: LEASE_SECONDS })]
    : [];
}
