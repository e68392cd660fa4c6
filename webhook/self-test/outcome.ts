import type { ProbeFacts } from '../core/check/facts.ts';
import { WEBHOOK } from '../core/check/shipped-webhook.ts';
import { readMarker } from '../core/marker.ts';
import type { StatefulSet } from '../core/statefulset.ts';
import type { Answer } from './answer.ts';

/** What the API server's answer to the self-test's set says of the webhook. */
export function outcomeOf({ status, body }: Answer, namespace: string): ProbeFacts {
  if (status !== 201) {
    const { message } = (body ?? {}) as { message?: unknown };
    const said = String(message ?? 'no message');
    const calling = said.includes(`failed calling webhook "${WEBHOOK}"`);
    return { outcome: 'refused', calling, status, message: said, namespace };
  }
  const set = body as StatefulSet;
  const marker = readMarker(set);
  if (marker === undefined || marker === 'broken') return { outcome: 'passed-by' };
  const { template, volumeClaimTemplates = [] } = set.spec;
  return {
    outcome: 'injected',
    by: marker.by,
    profile: marker.profile,
    storageClassName: volumeClaimTemplates[0]?.spec?.storageClassName,
    schedulerName: template.spec.schedulerName,
  };
}
