import { checkCluster } from '../../webhook/core/check/cluster.ts';
import type { ClusterFacts, WebhookFacts } from '../../webhook/core/check/facts.ts';
import type { CheckFinding } from '../../webhook/core/check/finding.ts';
import type { CheckReport } from '../../webhook/core/check/report.ts';
import { MATCH_CONDITIONS } from '../../webhook/core/check/shipped-webhook.ts';
import { SHIPPED_CONFIGURATION } from '../../webhook/core/configuration.ts';
import type { StatefulSet } from '../../webhook/core/statefulset.ts';
import { create } from './admission.ts';
import { SOUND_VIEW } from './cluster-view.ts';
import { contextWith, NOW } from './context.ts';
import { annotated, type Given, manifest } from './statefulset.ts';

/** Where kubectl keeps the manifest that it applied. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** The webhook as the chart installs it. */
export const SOUND_WEBHOOK: WebhookFacts = {
  name: 'zonekeeper',
  failurePolicy: 'Fail',
  matchConditions: MATCH_CONDITIONS,
  rules: [
    {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['statefulsets'],
    },
  ],
  namespaceSelector: {
    matchExpressions: [
      { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] },
    ],
  },
  authorityEnds: [NOW + 5 * YEAR],
};

/** What is read of a cluster in which nothing is wrong, with one injected set `shop/mysql`. */
export const SOUND_FACTS: ClusterFacts = {
  view: SOUND_VIEW,
  webhooks: [SOUND_WEBHOOK],
  deployment: { namespace: 'zonekeeper', name: 'zonekeeper', ready: 2, wanted: 2 },
  probe: {
    outcome: 'injected',
    by: '0.1.0',
    profile: 'default',
    storageClassName: 'zonekeeper-zrs',
    schedulerName: 'default-scheduler',
  },
  configuration: SHIPPED_CONFIGURATION,
  drivers: new Map([
    ['disk.csi.azure.com', { requiresRepublish: false, audiences: [] }],
    ['disk2.csi.azure.com', { requiresRepublish: false, audiences: [] }],
    [
      'secrets-store.csi.k8s.io',
      { requiresRepublish: true, audiences: ['api://AzureADTokenExchange'] },
    ],
  ]),
  namespaces: new Map(
    ['shop', 'kube-system'].map((name) => [name, { 'kubernetes.io/metadata.name': name }]),
  ),
  statefulSets: [stored()],
  zonesOfClaims: new Map([['shop/data-mysql-0', ['westeurope-1', 'westeurope-2']]]),
  secretProviderClassesServed: true,
  clientIdsOfClasses: new Map(),
  clientIdsOfAccounts: new Map(),
  unseen: [],
};

/** A set that was applied by `kubectl apply` and injected. */
export function stored(given: Given = {}): StatefulSet {
  const applied = manifest(given);
  return create(appliedBy(applied, applied), contextWith()).stored;
}

/** The set with that manifest as the one that was applied last. */
export function appliedBy(set: StatefulSet, applied: StatefulSet): StatefulSet {
  return annotated(set, { [LAST_APPLIED]: JSON.stringify(applied) });
}

export interface CheckedWith {
  readonly beforeUninstall?: boolean;
}

/** The report on a sound cluster with these changes. */
export function checked(
  changes: Partial<ClusterFacts> = {},
  { beforeUninstall = false }: CheckedWith = {},
): CheckReport {
  const facts = { ...SOUND_FACTS, ...changes };
  return checkCluster(facts, { now: NOW, version: '0.1.0', beforeUninstall });
}

/** Each finding as `LEVEL CODE NAME`. */
export function briefly(findings: readonly CheckFinding[]): string[] {
  return findings.map(({ level, problem, object }) =>
    [level, problem.code, object.name].filter(Boolean).join(' '),
  );
}
