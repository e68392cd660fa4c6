import type { Profile } from '../configuration.ts';
import { DEFAULT_SCHEDULER } from '../inject/scheduler.ts';
import { listed, type Problem, problem } from '../problems.ts';
import { certificateFindings } from './certificates.ts';
import type { ClusterFacts, ProbeFacts, WebhookFacts, WebhookRule } from './facts.ts';
import { about, type CheckFinding, CLUSTER } from './finding.ts';
import { MATCH_CONDITIONS, WEBHOOK } from './shipped-webhook.ts';

/** Whether the webhook is there, as the chart installs it, and whether the API server reaches it. */
export function installationFindings(
  facts: ClusterFacts,
  profile: Profile | undefined,
  now: number,
): CheckFinding[] {
  const { webhooks, deployment, probe } = facts;
  const found = webhooks === undefined ? [] : configurationFindings(webhooks, now);
  if (deployment !== undefined && deployment.ready < deployment.wanted) {
    const { namespace, name, ready, wanted } = deployment;
    const object = { kind: 'Deployment', namespace, name };
    found.push(about(object).errorIf(ready === 0, problem('ZK718', { ready, wanted })));
  }
  // Where none is installed there is nothing to reach.
  if (probe === undefined || webhooks?.length === 0) return found;
  return [...found, ...probeFindings(probe, profile, webhooks?.[0]?.name)];
}

function configurationFindings(webhooks: readonly WebhookFacts[], now: number): CheckFinding[] {
  if (webhooks.length === 0) return [about(CLUSTER).error(problem('ZK710', { webhook: WEBHOOK }))];
  const found = webhooks.flatMap((webhook) => webhookFindings(webhook, now));
  if (webhooks.length === 1) return found;
  const names = listed(webhooks.map(({ name }) => name));
  return [about(CLUSTER).warning(problem('ZK711', { names })), ...found];
}

function webhookFindings(webhook: WebhookFacts, now: number): CheckFinding[] {
  const { error, warning } = about(refOf(webhook.name));
  const { failurePolicy: policy, rules } = webhook;
  const uncovered = ['CREATE', 'UPDATE'].filter(
    (operation) => !rules.some((rule) => covers(rule, operation)),
  );
  return [
    ...(policy === 'Fail' ? [] : [warning(problem('ZK712', { policy }))]),
    ...conditionProblems(webhook).map(warning),
    ...uncovered.map((operation) => error(problem('ZK714', { operation }))),
    ...certificateFindings(webhook, refOf(webhook.name), now),
  ];
}

function conditionProblems({ matchConditions }: WebhookFacts): Problem[] {
  const expressionOf = (list: typeof matchConditions, name: string) =>
    list
      .find((one) => one.name === name)
      ?.expression.replace(/\s+/g, ' ')
      .trim();
  const names = new Set([...MATCH_CONDITIONS, ...matchConditions].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const shipped = expressionOf(MATCH_CONDITIONS, name);
    const found = expressionOf(matchConditions, name);
    if (shipped === found) return [];
    const state =
      found === undefined ? 'missing' : shipped === undefined ? 'not ours' : 'another expression';
    return [problem('ZK713', { name, state })];
  });
}

function covers(rule: WebhookRule, operation: string): boolean {
  const has = (list: readonly string[] | undefined, value: string) =>
    (list ?? []).some((one) => one === value || one === '*');
  return (
    has(rule.apiGroups, 'apps') &&
    has(rule.apiVersions, 'v1') &&
    has(rule.resources, 'statefulsets') &&
    has(rule.operations, operation)
  );
}

function probeFindings(
  probe: ProbeFacts,
  profile: Profile | undefined,
  name: string | undefined,
): CheckFinding[] {
  const { error, warning } = about(name === undefined ? CLUSTER : refOf(name));
  switch (probe.outcome) {
    case 'passed-by':
      return [error(problem('ZK720', {}))];
    case 'refused': {
      const { calling, namespace, status, message } = probe;
      if (calling) return [error(problem('ZK719', { message }))];
      return [warning(problem('ZK722', { namespace, status, message }))];
    }
    case 'injected':
      return profile === undefined ? [] : differences(probe, profile).map(warning);
  }
}

/** What the set of the dry run got otherwise than the profile says. */
function differences(
  { storageClassName, schedulerName }: ProbeFacts & { readonly outcome: 'injected' },
  profile: Profile,
): Problem[] {
  const scheduler = profile.schedulerName === 'none' ? DEFAULT_SCHEDULER : profile.schedulerName;
  const rows = [
    ['storageClassName', storageClassName ?? 'none', profile.storageClassName],
    ['schedulerName', schedulerName ?? DEFAULT_SCHEDULER, scheduler],
  ] as const;
  return rows
    .filter(([, found, wanted]) => found !== wanted)
    .map(([field, found, wanted]) => problem('ZK721', { field, found, wanted }));
}

function refOf(name: string) {
  return { kind: 'MutatingWebhookConfiguration', name };
}
