import type { MatchCondition } from './facts.ts';

/** The webhook's name in every MutatingWebhookConfiguration of the chart, and in the API server's errors. */
export const WEBHOOK = 'statefulsets.zonekeeper.io';

/** What the chart renders; blanks of any length are one to CEL. */
export const MATCH_CONDITIONS: readonly MatchCondition[] = [
  {
    name: 'opted-in',
    expression:
      '[object, oldObject].exists(o, o != null && has(o.metadata.annotations) && ' +
      "('zonekeeper.io/inject' in o.metadata.annotations || 'zonekeeper.io/injected' in o.metadata.annotations))",
  },
  {
    name: 'not-being-deleted',
    expression: 'object == null || !has(object.metadata.deletionTimestamp)',
  },
];
