import t from 'tap';
import { planAsMarked, planOf, planOfMarker } from '../../../webhook/core/plan.ts';
import { type InjectionRequest, readRequest } from '../../../webhook/core/request.ts';
import { prefixed } from '../../support/arbitraries/annotations.ts';
import { contextWith } from '../../support/context.ts';
import { VAULT_ASKS } from '../../support/vault.ts';

function requested(asks: Record<string, string>): InjectionRequest {
  const { request } = readRequest(prefixed(asks), 'shop', contextWith());
  if (request === undefined) throw new Error('refused');
  return request;
}

const EVERYTHING = {
  sidecar: 'false',
  profile: 'azuredisk-v2',
  'secret-provider-class': 'vault',
  'mount-path': '/etc/secrets',
  containers: 'app',
  'proximity-placement-group': 'ppg-1',
  'fast-failover': '30s',
};

const SET = { name: 'mysql' };
const ENTRY = { volume: 'zonekeeper-secrets', class: 'vault', path: '/etc/secrets' };

/** FlexVolumes are looked for unless they are to stay. */
const FLEX_PLAN = {
  mode: 'auto',
  client: undefined,
  bounds: { profile: 'azuredisk-v2' },
  metadata: SET,
  accepted: [],
} as const;

t.test('a request says all that the template is to hold', async (t) => {
  t.same(planOf(requested(EVERYTHING), SET), {
    schedulerName: 'csi-azuredisk-scheduler-extender',
    secrets: { entries: [ENTRY], containers: ['app'] },
    vault: undefined,
    flexVolumes: FLEX_PLAN,
    sidecar: undefined,
    environment: undefined,
    proximityPlacementGroup: 'ppg-1',
    fastFailover: 30,
  });
  t.same(planOf(requested({}), SET), {
    schedulerName: undefined,
    secrets: undefined,
    vault: undefined,
    flexVolumes: { ...FLEX_PLAN, bounds: { profile: 'default' } },
    sidecar: undefined,
    environment: undefined,
    proximityPlacementGroup: undefined,
    fastFailover: undefined,
  });
});

t.test('a marker tells the scheduler that a profile once gave, and nothing else', async (t) => {
  const forged = {
    v: 1,
    scheduler: { name: 'volcano' },
    secrets: [{ ...ENTRY, class: 'other' }],
    failover: { seconds: 300, keys: [] },
  } as const;
  const plan = planAsMarked(requested(EVERYTHING), SET, forged, undefined);
  t.same(plan, { ...planOf(requested(EVERYTHING), SET), schedulerName: 'volcano' });
  t.equal(planAsMarked(requested(EVERYTHING), SET, { v: 1 }, undefined).schedulerName, undefined);
});

t.test('the scheduler that an annotation names is not the marker’s to tell', async (t) => {
  const request = requested({ 'scheduler-name': 'mine' });
  t.equal(
    planAsMarked(request, SET, { v: 1, scheduler: { name: 'volcano' } }, undefined).schedulerName,
    'mine',
  );
  const none = requested({ 'scheduler-name': 'none' });
  t.equal(
    planAsMarked(none, SET, { v: 1, scheduler: { name: 'volcano' } }, undefined).schedulerName,
    undefined,
  );
});

t.test('where the request cannot be read the marker tells it all', async (t) => {
  const marker = {
    v: 1,
    scheduler: { name: 'volcano' },
    secrets: [ENTRY],
    containers: ['app'],
    placement: { group: 'ppg-1', made: 'affinity' },
    failover: { seconds: 30, keys: [] },
  } as const;
  t.same(planOfMarker(marker, SET, undefined), {
    schedulerName: 'volcano',
    secrets: { entries: [ENTRY], containers: ['app'] },
    vault: undefined,
    flexVolumes: undefined,
    sidecar: undefined,
    environment: undefined,
    proximityPlacementGroup: 'ppg-1',
    fastFailover: 30,
  });
  t.same(planOfMarker({ v: 1 }, SET, undefined), planOf(requested({ flexvolume: 'keep' }), SET));
});

t.test('the class that is made comes first, in a folder called after the vault', async (t) => {
  const asks = { ...VAULT_ASKS, 'mount-path': '/etc/secrets' };
  const { secrets, vault } = planOf(requested(asks), SET);
  const made = vault?.class ?? '';
  t.match(made, /^zonekeeper-mysql-/);
  t.same(secrets?.entries, [{ volume: 'zonekeeper-secrets', class: made, path: '/etc/secrets' }]);
  const both = planOf(requested({ ...asks, 'secret-provider-class': 'vault' }), SET);
  t.same(both.secrets?.entries, [
    {
      volume: `zonekeeper-secrets-${made}`,
      class: made,
      path: '/etc/secrets/contoso-prod',
    },
    { volume: 'zonekeeper-secrets-vault', class: 'vault', path: '/etc/secrets/vault' },
  ]);
});
