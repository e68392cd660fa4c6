import t from 'tap';
import { CHECK_SETS } from '../../../../webhook/core/catalogue/check-sets.ts';
import type { ClusterFacts } from '../../../../webhook/core/check/facts.ts';
import { checkManifest } from '../../../../webhook/core/check/manifests.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import type { Problem } from '../../../../webhook/core/problems.ts';
import { create } from '../../../support/admission.ts';
import { appliedBy, checked, SOUND_WEBHOOK, stored } from '../../../support/cluster-facts.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';
import { arriving, claim, manifest } from '../../../support/statefulset.ts';

function found(changes: Partial<ClusterFacts>, beforeUninstall = false): Problem[] {
  return checked(changes, { beforeUninstall }).findings.map((finding) => finding.problem);
}

const asking = (asks: Record<string, string>) => manifest({ asks: { inject: 'true', ...asks } });
const mounting = {
  statefulSets: [stored({ asks: { inject: 'true', 'secret-provider-class': 'mysql-secrets' } })],
  clientIdsOfClasses: new Map([['shop/mysql-secrets', 'c1']]),
};
const CLAIMS = ['data', 'logs', 'binlog', 'backup', 'temp'].map((name) => claim(name));

/** Ways to come about, one for each code. */
const CASES: Readonly<Record<string, () => readonly Problem[]>> = {
  ZK735: () => {
    const namespaceSelector = { matchLabels: { team: 'shop' } };
    const webhooks = [{ ...SOUND_WEBHOOK, namespaceSelector }];
    return found({ webhooks, statefulSets: [arriving(manifest())] });
  },
  ZK736: () => found({ statefulSets: [appliedBy(stored(), asking({ 'fast-failover': '30s' }))] }),
  ZK737: () => found({ statefulSets: [appliedBy(stored(), asking({ 'fast-failover': '1h' }))] }),
  ZK738: () => {
    const zones = [0, 1, 2].map((n) => [`shop/data-mysql-${n}`, [`westeurope-${n}`]] as const);
    return found({ zonesOfClaims: new Map(zones) });
  },
  ZK739: () => found(mounting),
  ZK740: () => found({ ...mounting, clientIdsOfAccounts: new Map([['shop/default', '']]) }),
  ZK742: () => found({ statefulSets: [stored({ claims: CLAIMS })] }, true),
  ZK743: () => {
    const { stored: set } = create(manifest({ claims: CLAIMS }), contextWith());
    return found({ statefulSets: [set] }, true);
  },
  ZK744: () => {
    const { object } = mutateCreate(manifest(), 'shop', contextWith({ offline: true }));
    const configuration = profiles({ default: { schedulerName: 'own' } });
    const { found } = checkManifest(object, contextWith({ configuration }));
    return found.map((one) => one.problem);
  },
};

t.test('every finding about sets can come about, and tells what to do in one line', async (t) => {
  t.same(Object.keys(CASES), Object.keys(CHECK_SETS));
  for (const [code, provoke] of Object.entries(CASES)) {
    const problems = provoke();
    t.ok(
      problems.some((one) => one.code === code),
      code,
    );
    for (const one of problems) assertReadable(t, one);
  }
});
