import t from 'tap';
import { SECRET_WARNINGS } from '../../../../webhook/core/catalogue/secret-warnings.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import { type Problem, problem } from '../../../../webhook/core/problems.ts';
import type {
  ClusterView,
  CsiDriverFacts,
  SecretProviderClassFacts,
} from '../../../../webhook/core/view.ts';
import { contextWith } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';
import { arriving, type Given, manifest } from '../../../support/statefulset.ts';
import { OTHER_CLIENT, VAULT_ASKS } from '../../../support/vault.ts';

function warnings(given: Given, view: ClusterView = {}): readonly Problem[] {
  return mutateCreate(arriving(manifest(given)), 'shop', contextWith({ view })).warnings;
}

function asking(asks: Record<string, string>, given: Given = {}): readonly Problem[] {
  return warnings({ ...given, asks: { inject: 'true', ...asks } });
}

const CLASS = { 'secret-provider-class': 'mysql-secrets' };

function ofClass(facts: SecretProviderClassFacts, given: Given = {}): readonly Problem[] {
  const secretProviderClasses = new Map([['shop/mysql-secrets', facts]]);
  return warnings({ asks: { inject: 'true', ...CLASS }, ...given }, { secretProviderClasses });
}

function ofVault(view: ClusterView): readonly Problem[] {
  return warnings({ asks: VAULT_ASKS }, view);
}

function driver(facts: Partial<CsiDriverFacts>): [string, CsiDriverFacts] {
  return ['secrets-store.csi.k8s.io', { requiresRepublish: false, audiences: [], ...facts }];
}

/** Ways to be warned, one for each code. */
const CASES: Readonly<Record<string, () => readonly Problem[]>> = {
  ZK225: () => asking({ 'key-vault': 'contoso-prod' }),
  ZK226: () => ofVault({ csiDrivers: new Map() }),
  ZK227: () => ofVault({ csiDrivers: new Map([driver({ requiresRepublish: true })]) }),
  ZK228: () =>
    ofVault({ csiDrivers: new Map([driver({ audiences: ['api://AzureADTokenExchange'] })]) }),
  ZK229: () => {
    const csi = {
      driver: 'secrets-store.csi.k8s.io',
      readOnly: true,
      volumeAttributes: { secretProviderClass: 'mysql-secrets' },
    };
    return asking(CLASS, { pod: { volumes: [{ name: 'my-secrets', csi }] } });
  },
  ZK230: () => {
    const mount = { name: 'zonekeeper-secrets', mountPath: '/etc/my.cnf', subPath: 'my.cnf' };
    const containers = [{ name: 'mysql', image: 'mysql:8', volumeMounts: [mount] }];
    return asking(CLASS, { pod: { containers } });
  },
  ZK231: () => {
    const objects = [{ type: 'secret', name: 'a', file: 'a', mode: 0o400 }] as const;
    const pod = {
      securityContext: { runAsNonRoot: true },
      initContainers: [],
      containers: [{ name: 'mysql', image: 'mysql:8' }],
    };
    const asks = { inject: 'true', ...CLASS, sidecar: 'false' };
    return ofClass({ provider: 'azure', objects }, { asks, pod });
  },
  ZK232: () => ofClass({ provider: 'vault' }),
  ZK233: () => ofVault({ serviceAccounts: new Map([['shop/default', { client: OTHER_CLIENT }]]) }),
  ZK234: () => [problem('ZK234', { class: 'zonekeeper-mysql-0aac85c4d7' })],
  ZK235: () => ofClass({ provider: 'azure', refused: 'keyvaultName is not provided' }),
};

t.test('every warning can come about, and tells what to do in one line', async (t) => {
  t.same(Object.keys(CASES), Object.keys(SECRET_WARNINGS));
  for (const [code, provoke] of Object.entries(CASES)) {
    const problems = provoke();
    t.same(
      problems.map((found) => found.code),
      [code],
    );
    for (const found of problems) assertReadable(t, found);
  }
});
