import type { ProbeFacts } from '../core/check/facts.ts';
import type { Profile } from '../core/configuration.ts';
import type { Answer } from './answer.ts';
import { outcomeOf } from './outcome.ts';

/** Whether the webhook works, and what shows it: lines for a reader. */
export interface Verdict {
  readonly passed: boolean;
  readonly lines: readonly string[];
}

/** Judges what the API server answered to the self-test's set, which is to get what that profile says. */
export function judge(answer: Answer, namespace: string, profile: Profile): Verdict {
  const seen = answer.warnings.map((warning) => `warning: ${warning}`);
  const outcome = outcomeOf(answer, namespace);
  if (outcome.outcome === 'refused') return failed(seen, refusalOf(outcome));
  if (outcome.outcome === 'passed-by') return failed(seen, notInjected(namespace));
  const found = { storageClass: outcome.storageClassName, scheduler: outcome.schedulerName };
  const wanted = {
    storageClass: wish(profile.storageClassName),
    scheduler: wish(profile.schedulerName) ?? 'default-scheduler',
  };
  seen.unshift(
    `injected by zonekeeper ${outcome.by}, profile ${outcome.profile}`,
    `class of the claim template: ${found.storageClass ?? 'the cluster’s default'}`,
    `scheduler: ${found.scheduler}`,
  );
  const same = found.storageClass === wanted.storageClass && found.scheduler === wanted.scheduler;
  if (!same) return failed(seen, otherThan(wanted));
  return {
    passed: true,
    lines: [...seen, 'passed: the API server calls the webhook, and the webhook injects'],
  };
}

type Refused = ProbeFacts & { readonly outcome: 'refused' };

const wish = (name: string): string | undefined => (name === 'none' ? undefined : name);

function failed(seen: readonly string[], why: string): Verdict {
  return { passed: false, lines: [...seen, `failed: ${why}`] };
}

function refusalOf({ status, message, calling }: Refused): string {
  const said = `the API server answered ${status}: ${message}`;
  if (!calling) return said;
  return `${said}; are replicas of the webhook ready, and may the API server reach them?`;
}

function notInjected(namespace: string): string {
  return (
    'the set was accepted without injection: the API server did not call the webhook, or could not and failurePolicy is ' +
    `Ignore; is there a MutatingWebhookConfiguration, and does its namespaceSelector spare namespace "${namespace}"?`
  );
}

function otherThan(wanted: { storageClass: string | undefined; scheduler: string }): string {
  return (
    `profile "default" asks for class ${wanted.storageClass ?? 'the cluster’s default'} and scheduler ${wanted.scheduler}; ` +
    'another webhook may have changed them, or the configuration changed a moment ago'
  );
}
