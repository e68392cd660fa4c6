import { problem } from '../problems.ts';
import type { WebhookFacts } from './facts.ts';
import { about, type CheckFinding, type ObjectRef } from './finding.ts';

const DAY = 86_400_000;

/** Days before its end at which a certificate should have been renewed, however its keeper goes about it. */
const LEAST_DAYS = { authority: 30, leaf: 14 } as const;

/** Whether the API server can verify the webhook, now and for some time. */
export function certificateFindings(
  { authorityEnds, served }: WebhookFacts,
  object: ObjectRef,
  now: number,
): CheckFinding[] {
  const { error } = about(object);
  if (authorityEnds.length === 0) return [error(problem('ZK715', {}))];
  // In a rotation the bundle holds the CA before this one, too.
  const end = Math.max(...authorityEnds);
  const authority = ending('the last CA of the caBundle', end, LEAST_DAYS.authority, object, now);
  if (served === undefined) return authority;
  const { url, ends, trusted } = served;
  return [
    ...authority,
    ...(trusted ? [] : [error(problem('ZK717', { url }))]),
    ...ending(`the certificate that ${url} shows`, ends, LEAST_DAYS.leaf, object, now),
  ];
}

function ending(
  what: string,
  end: number,
  days: number,
  object: ObjectRef,
  now: number,
): CheckFinding[] {
  if (end >= now + days * DAY) return [];
  const when = new Date(end).toISOString();
  return [about(object).errorIf(end <= now, problem('ZK716', { what, end: when, days }))];
}
