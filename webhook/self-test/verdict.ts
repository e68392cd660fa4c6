import type { Profile } from '../core/configuration.ts';
import { readMarker } from '../core/marker.ts';
import type { StatefulSet } from '../core/statefulset.ts';
import type { Answer } from './answer.ts';

/** Whether the webhook works, and what shows it: lines for a reader. */
export interface Verdict {
  readonly passed: boolean;
  readonly lines: readonly string[];
}

/** The name of the webhook in the chart's MutatingWebhookConfiguration, as the API server's errors call it. */
const WEBHOOK = 'statefulsets.zonekeeper.io';

/** Judges what the API server answered to the self-test's set, which is to get what that profile says. */
export function judge(answer: Answer, namespace: string, profile: Profile): Verdict {
  const seen = answer.warnings.map((warning) => `warning: ${warning}`);
  if (answer.status !== 201) return failed(seen, refusalOf(answer));
  const set = answer.body as StatefulSet;
  const marker = readMarker(set);
  if (marker === undefined || marker === 'broken') return failed(seen, notInjected(namespace));
  const { template, volumeClaimTemplates = [] } = set.spec;
  const found = {
    storageClass: volumeClaimTemplates[0]?.spec?.storageClassName,
    scheduler: template.spec.schedulerName,
  };
  const wanted = {
    storageClass: wish(profile.storageClassName),
    scheduler: wish(profile.schedulerName) ?? 'default-scheduler',
  };
  seen.unshift(
    `injected by zonekeeper ${marker.by}, profile ${marker.profile}`,
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

const wish = (name: string): string | undefined => (name === 'none' ? undefined : name);

function failed(seen: readonly string[], why: string): Verdict {
  return { passed: false, lines: [...seen, `failed: ${why}`] };
}

function refusalOf({ status, body }: Answer): string {
  const { message } = (body ?? {}) as { message?: unknown };
  const said = `the API server answered ${status}: ${message ?? 'no message'}`;
  if (!said.includes(`failed calling webhook "${WEBHOOK}"`)) return said;
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
