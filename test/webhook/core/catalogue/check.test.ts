import t from 'tap';
import { CHECK } from '../../../../webhook/core/catalogue/check.ts';
import type { ClusterFacts, WebhookFacts } from '../../../../webhook/core/check/facts.ts';
import { type Problem, problem } from '../../../../webhook/core/problems.ts';
import { checked, SOUND_FACTS, SOUND_WEBHOOK } from '../../../support/cluster-facts.ts';
import { NOW } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';

const found = (changes: Partial<ClusterFacts>): Problem[] =>
  checked(changes).findings.map((finding) => finding.problem);
const webhook = (changes: Partial<WebhookFacts>) =>
  found({ webhooks: [{ ...SOUND_WEBHOOK, ...changes }] });
const classes = (parameters?: Record<string, string>) => {
  const facts = { provisioner: 'disk.csi.azure.com', parameters: parameters ?? {} };
  const storageClasses = new Map(parameters === undefined ? [] : [['zonekeeper-zrs', facts]]);
  return found({ view: { ...SOUND_FACTS.view, storageClasses } });
};
const LIST = 'list secretproviderclasses.secrets-store.csi.x-k8s.io in namespace "shop"';
const REFUSED = {
  outcome: 'refused',
  status: 500,
  message: 'failed calling webhook "statefulsets.zonekeeper.io": EOF',
  namespace: 'shop',
} as const;
const drivers = (audiences: string[], requiresRepublish: boolean) =>
  new Map([
    ...(SOUND_FACTS.drivers ?? []),
    ['secrets-store.csi.k8s.io', { audiences, requiresRepublish }] as const,
  ]);

/** Ways to come about, one for each code. */
const CASES: Readonly<Record<string, () => readonly Problem[]>> = {
  ZK701: () => [problem('ZK701', { what: LIST, lost: 'the SecretProviderClasses' })],
  ZK702: () => [problem('ZK702', { what: LIST, lost: 'the classes', detail: 'HTTP status 503' })],
  ZK703: () => [problem('ZK703', { detail: 'connect ECONNREFUSED 10.0.0.1:443' })],
  ZK704: () => found({ configuration: { unknown: 'there is no ConfigMap zonekeeper/zonekeeper' } }),
  ZK710: () => found({ webhooks: [] }),
  ZK711: () => found({ webhooks: [SOUND_WEBHOOK, { ...SOUND_WEBHOOK, name: 'other' }] }),
  ZK712: () => webhook({ failurePolicy: 'Ignore' }),
  ZK713: () => webhook({ matchConditions: [] }),
  ZK714: () => webhook({ rules: [] }),
  ZK715: () => webhook({ authorityEnds: [] }),
  ZK716: () => webhook({ authorityEnds: [NOW] }),
  ZK717: () =>
    webhook({ served: { url: 'https://10.0.0.1:8443/mutate', ends: NOW * 2, trusted: false } }),
  ZK718: () =>
    found({ deployment: { namespace: 'zonekeeper', name: 'zonekeeper', ready: 0, wanted: 2 } }),
  ZK719: () => found({ probe: { ...REFUSED, calling: true } }),
  ZK720: () => found({ probe: { outcome: 'passed-by' } }),
  ZK721: () =>
    found({
      probe: {
        outcome: 'injected',
        by: '0.1.0',
        profile: 'default',
        storageClassName: 'managed-csi-premium',
        schedulerName: 'csi-azuredisk-scheduler-extender',
      },
    }),
  ZK722: () => found({ probe: { ...REFUSED, calling: false } }),
  ZK725: () => found({ drivers: new Map() }),
  ZK726: () => found({ drivers: drivers(['api://AzureADTokenExchange'], false) }),
  ZK727: () => found({ drivers: drivers([], true) }),
  ZK728: () => found({ secretProviderClassesServed: false }),
  ZK730: () => classes(),
  ZK731: () => classes({ skuName: 'StandardSSD_LRS' }),
  ZK732: () => classes({ skuName: 'StandardSSD_ZRS', maxMountReplicaCount: '2' }),
};

t.test(
  'every finding about a cluster can come about, and tells what to do in one line',
  async (t) => {
    t.same(Object.keys(CASES), Object.keys(CHECK));
    for (const [code, provoke] of Object.entries(CASES)) {
      const problems = provoke();
      t.ok(
        problems.some((one) => one.code === code),
        code,
      );
      for (const one of problems) assertReadable(t, one);
    }
  },
);
