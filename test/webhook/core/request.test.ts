import t from 'tap';
import { sentence } from '../../../webhook/core/problems.ts';
import {
  missingSwitch,
  readRequest,
  readSwitch,
  requestOf,
} from '../../../webhook/core/request.ts';
import { prefixed } from '../../support/arbitraries/annotations.ts';
import { contextWith, profiles } from '../../support/context.ts';
import { CLIENT, TENANT } from '../../support/vault.ts';

t.test(
  'the request is every annotation of the contract but the marker, without prefix',
  async (t) => {
    const annotations = {
      'zonekeeper.io/inject': 'true',
      'zonekeeper.io/fast-failover': ' 30s',
      'zonekeeper.io/injected': '{}',
      'zonekeeper.io/key-vault': 'contoso',
      'zonekeeper.io/unknown': 'x',
      'example.com/inject': 'no',
    };
    const request = { 'fast-failover': ' 30s', inject: 'true', 'key-vault': 'contoso' };
    t.same(requestOf(annotations), request);
    t.same(Object.keys(requestOf(annotations)), Object.keys(request), 'sorted by key');
    t.same(requestOf({}), {});
  },
);

t.test('the switch is "true", "false" or absent, and nothing else is guessed at', async (t) => {
  t.equal(readSwitch(prefixed({ inject: 'true' })), true);
  t.equal(readSwitch(prefixed({ inject: 'false' })), false);
  t.equal(readSwitch({}), false);
  for (const inject of ['True', 'yes', '', ' true', '1']) {
    t.match(readSwitch(prefixed({ inject })), { code: 'ZK101', found: `"${inject}"` });
  }
});

t.test('annotations without the switch are warned about', async (t) => {
  t.match(missingSwitch(prefixed({ profile: 'gold' })), [{ code: 'ZK221' }]);
  t.same(missingSwitch(prefixed({ profile: 'gold', inject: 'false' })), []);
  t.same(missingSwitch({ 'example.com/profile': 'gold' }), []);
});

t.test('what no annotation says comes from the profile', async (t) => {
  const { request, denials } = readRequest(prefixed({ inject: 'true' }), 'shop', contextWith());
  t.same(denials, []);
  t.same(request, {
    profile: { value: 'default', origin: 'default' },
    storageClassName: { value: 'zonekeeper-zrs', origin: 'profile' },
    schedulerName: { value: undefined, origin: 'profile' },
    schedulerLease: undefined,
    vault: undefined,
    secretProviderClasses: [],
    mountPath: { value: '/mnt/secrets-store', origin: 'default' },
    containers: undefined,
    flexVolumes: { mode: 'auto', client: undefined, bounds: { profile: 'default' } },
    proximityPlacementGroup: undefined,
    fastFailover: undefined,
  });
});

t.test('an annotation goes before the profile', async (t) => {
  const asks = prefixed({
    profile: 'azuredisk-v2',
    'storage-class': 'none',
    'fast-failover': '1m',
  });
  const { request } = readRequest(asks, 'shop', contextWith());
  t.match(request, {
    profile: { value: 'azuredisk-v2', origin: 'annotation' },
    storageClassName: { value: undefined, origin: 'annotation' },
    schedulerName: { value: 'csi-azuredisk-scheduler-extender', origin: 'profile' },
    schedulerLease: 'kube-system/csi-azuredisk-scheduler-extender',
    fastFailover: 60,
  });
});

t.test('the lease of the profile is that of its own scheduler only', async (t) => {
  const schedulerLease = { namespace: 'volcano-system', name: 'vc' };
  const configuration = profiles({ default: { schedulerName: 'volcano', schedulerLease } });
  const context = contextWith({ configuration });
  t.equal(readRequest({}, 'shop', context).request?.schedulerLease, 'volcano-system/vc');
  const other = readRequest(prefixed({ 'scheduler-name': 'mine' }), 'shop', context);
  t.equal(other.request?.schedulerLease, undefined);
});

t.test('the profile of sets that name none can be given by the caller', async (t) => {
  const context = contextWith({ defaultProfile: 'azuredisk-v2' });
  t.equal(readRequest({}, 'shop', context).request?.profile.value, 'azuredisk-v2');
  t.equal(readRequest({}, 'shop', context, 'default').request?.profile.value, 'default');
  const named = readRequest(prefixed({ profile: 'default' }), 'shop', context);
  t.same(named.request?.profile, { value: 'default', origin: 'annotation' });
});

t.test('an unknown profile is refused with those there are', async (t) => {
  for (const profile of ['bronze', 'constructor', '__proto__', '']) {
    const { request, denials } = readRequest(prefixed({ profile }), 'shop', contextWith());
    t.equal(request, undefined);
    t.match(denials, [{ code: 'ZK102', expected: 'one of "default", "azuredisk-v2"' }]);
  }
});

t.test('all problems are told of together', async (t) => {
  const asks = prefixed({
    profile: 'bronze',
    'storage-class': 'A B',
    'fast-failover': 'soon',
    'secret-provider-class': 'a,a',
    flexvolume: 'drop',
    colour: 'red',
  });
  const { request, denials, warnings } = readRequest(asks, 'shop', contextWith());
  t.equal(request, undefined);
  t.same(denials.map(({ code }) => code).sort(), ['ZK102', 'ZK103', 'ZK103', 'ZK103', 'ZK105']);
  t.same(
    warnings.map(({ code }) => code),
    ['ZK201'],
  );
});

t.test('an annotation cannot go past the bounds of its profile', async (t) => {
  const configuration = profiles({
    default: {
      allowed: {
        storageClasses: ['a'],
        schedulerNames: [],
        secretProviderClasses: ['vault'],
        proximityPlacementGroups: ['ppg-1'],
        keyVaults: ['Contoso-Prod'],
        tenantIds: [TENANT],
        clientIds: [],
        mountPaths: ['/secrets'],
      },
    },
  });
  const asks = prefixed({
    'key-vault': 'contoso-test',
    secrets: 'a',
    'tenant-id': CLIENT,
    'client-id': CLIENT,
    'mount-path': '/secretsX',
    'storage-class': 'b',
    'scheduler-name': 'volcano',
    'secret-provider-class': 'vault, other',
    'proximity-placement-group': 'ppg-2',
  });
  const { denials } = readRequest(asks, 'shop', contextWith({ configuration }));
  t.match(denials.map(sentence), [
    /^ZK104 .*storage-class names "b"; expected what profile "default" allows: "a";/,
    /^ZK104 .*scheduler-name names "volcano"; expected .* allows: \(none\);/,
    /^ZK104 .*key-vault names "contoso-test"; expected .* allows: "Contoso-Prod";/,
    /^ZK104 .*tenant-id names /,
    /^ZK104 .*client-id names .* allows: \(none\);/,
    /^ZK104 .*secret-provider-class names "other"; expected .* allows: "vault";/,
    /^ZK104 .*mount-path names "\/secretsX"; expected .* allows: "\/secrets";/,
    /^ZK104 .*proximity-placement-group names "ppg-2"; expected .* allows: "ppg-1";/,
  ]);
  t.equal(denials.length, 8);
});

t.test('what is within the bounds, or none, is accepted', async (t) => {
  const allowed = {
    storageClasses: ['a'],
    schedulerNames: [],
    keyVaults: ['Contoso-Prod'],
    tenantIds: [TENANT.toUpperCase()],
    mountPaths: ['/secrets'],
  };
  const configuration = profiles({ default: { allowed } });
  for (const path of ['/secrets', '/secrets/mysql']) {
    const asks = prefixed({
      'storage-class': 'a',
      'scheduler-name': 'none',
      'key-vault': 'contoso-prod',
      secrets: 'a',
      'tenant-id': TENANT,
      'client-id': CLIENT,
      'mount-path': path,
    });
    t.same(readRequest(asks, 'shop', contextWith({ configuration })).denials, []);
  }
});
