import t from 'tap';
import { inspectCsiDriver } from '../../../../webhook/core/inspect/csi-driver.ts';
import type { IdentityMode } from '../../../../webhook/core/secrets/vault-source.ts';
import type { CsiDriverFacts } from '../../../../webhook/core/view.ts';
import { inspected } from '../../../support/inspected.ts';
import { manifest } from '../../../support/statefulset.ts';
import { TENANT } from '../../../support/vault.ts';

const EXCHANGE = 'api://AzureADTokenExchange';
const SOUND: CsiDriverFacts = { requiresRepublish: true, audiences: [EXCHANGE] };

function codes(driver: Partial<CsiDriverFacts>, identity?: IdentityMode): string[] {
  const csiDrivers = new Map([['secrets-store.csi.k8s.io', { ...SOUND, ...driver }]]);
  const vault = identity && { class: 'a', vault: 'v', tenant: TENANT, identity };
  const marker = { v: 1, ...(vault && { vault }) } as const;
  return inspectCsiDriver(inspected(manifest(), { csiDrivers }, marker)).map(({ code }) => code);
}

t.test('a driver that is not installed is told of, one that is not known is not', async (t) => {
  const others = new Map([['disk.csi.azure.com', SOUND]]);
  t.match(inspectCsiDriver(inspected(manifest(), { csiDrivers: others })), [{ code: 'ZK226' }]);
  t.same(inspectCsiDriver(inspected(manifest(), {})), []);
  t.same(codes({}), []);
});

t.test('the token that an identity needs must be asked for', async (t) => {
  t.same(codes({}, 'workload-identity'), []);
  t.same(codes({ audiences: [] }, 'workload-identity'), ['ZK227']);
  t.same(codes({}, 'identity-binding'), ['ZK227']);
  t.same(codes({ audiences: ['api://AKSIdentityBinding'] }, 'identity-binding'), []);
  t.same(codes({ audiences: [] }, 'vm-managed-identity'), []);
  t.same(codes({ audiences: [] }), [], 'of an existing class the identity is not known');
});

t.test('without republishing no rotation is followed', async (t) => {
  t.same(codes({ requiresRepublish: false }), ['ZK228']);
});
