import t from 'tap';
import { explain } from '../../../webhook/core/explain.ts';
import { mutateCreate } from '../../../webhook/core/mutate.ts';
import { contextWith, profiles } from '../../support/context.ts';
import { claim, type Given, manifest } from '../../support/statefulset.ts';
import { CLIENT, SECRETS_ONLY, VAULT_ASKS, vaultProfile } from '../../support/vault.ts';

const OFFLINE = contextWith({ offline: true });

function explained(given: Given = {}, context = OFFLINE) {
  return explain(manifest(given), 'shop', context);
}

function why(given: Given, injection: string, context = OFFLINE) {
  const item = explained(given, context).items.find((one) => one.injection === injection);
  return item && `${item.action}: ${item.why}`;
}

t.test('each thing is told with what is wanted, by whom, and what becomes of it', async (t) => {
  const asks = {
    inject: 'true',
    profile: 'azuredisk-v2',
    'secret-provider-class': 'a,b',
    containers: 'mysql,backup',
    'proximity-placement-group': 'ppg-1',
    'fast-failover': '1m30s',
  };
  const { inject, profile, items, denials, warnings } = explained({ asks });
  t.same([inject, denials, warnings.map(({ code }) => code)], [true, [], ['ZK211']]);
  t.same(profile, { value: 'azuredisk-v2', origin: 'annotation' });
  const tell = ({ injection, target, wanted, origin, action }: (typeof items)[number]) =>
    `${injection}: ${action} ${wanted} (${origin}) into ${target}`;
  t.same(items.map(tell), [
    'storage: inject azuredisk-standard-ssd-zrs-replicas (profile) into claim template data',
    'scheduler: inject csi-azuredisk-scheduler-extender (profile) into pod template',
    'secrets: inject a (annotation) into mysql, backup at /mnt/secrets-store/a',
    'secrets: inject b (annotation) into mysql, backup at /mnt/secrets-store/b',
    'sidecar: inject zonekeeper/sidecar:0.1.0 (profile) into pod template',
    'environment: inject environment file (undefined) into mysql, backup',
    'placement: inject ppg-1 (annotation) into required node affinity',
    'failover: inject 90s (annotation) into tolerations',
  ]);
});

t.test('what nobody asks for is told without a wish', async (t) => {
  const context = contextWith({ configuration: profiles({}) });
  t.same(explained({}, context).items, [
    {
      injection: 'storage',
      target: 'claim template data',
      action: 'none',
      why: 'no class is asked for',
    },
    {
      injection: 'scheduler',
      target: 'pod template',
      action: 'none',
      why: 'no scheduler is asked for',
    },
  ]);
});

t.test('what the set chooses itself is told as the reason', async (t) => {
  const asks = {
    inject: 'true',
    'scheduler-name': 'volcano',
    'proximity-placement-group': 'ppg-1',
    'fast-failover': '30s',
  };
  const required = {
    nodeSelectorTerms: [
      { matchExpressions: [{ key: 'kubernetes.azure.com/ppg', operator: 'In', values: ['x'] }] },
    ],
  };
  const pod = {
    schedulerName: 'mine',
    tolerations: [{ operator: 'Exists' }],
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
  };
  const given = { asks, pod, claims: [claim('data', { storageClassName: 'managed' })] };
  t.equal(why(given, 'storage'), 'none: it chooses class "managed" itself');
  t.equal(why(given, 'scheduler'), 'none: it chooses scheduler "mine" itself');
  t.equal(why(given, 'placement'), 'none: the template requires a group itself');
  t.equal(why(given, 'failover'), 'none: the template has both tolerations itself');
  const bound = { claims: [claim('data', { volumeName: 'disk-1' })] };
  t.equal(why(bound, 'storage'), 'none: it chooses a volume itself');
  const preset = { asks: { inject: 'true', 'scheduler-name': 'default-scheduler' } };
  t.equal(why(preset, 'scheduler'), 'none: it is the default one');
});

t.test('secrets that no containers are named for go into all of them', async (t) => {
  const { items } = explained({ asks: { inject: 'true', 'secret-provider-class': 'vault' } });
  t.match(items.slice(-3), [
    { injection: 'secrets', target: 'all containers at /mnt/secrets-store', wanted: 'vault' },
    { injection: 'sidecar' },
    { injection: 'environment', target: 'all containers' },
  ]);
});

t.test('a claim template may be called like a method of every object', async (t) => {
  const given = { claims: [claim('constructor', { storageClassName: 'managed' })] };
  t.equal(why(given, 'storage'), 'none: it chooses class "managed" itself');
});

t.test('a manifest that is injected already is explained like one that is not', async (t) => {
  const asks = { inject: 'true', profile: 'azuredisk-v2' };
  const { object } = mutateCreate(manifest({ asks }), 'shop', OFFLINE);
  t.same(explain(object, 'shop', OFFLINE), explained({ asks }));
});

t.test('what a set holds already is told rather than what it would get today', async (t) => {
  const asks = { inject: 'true', profile: 'azuredisk-v2' };
  const { object } = mutateCreate(manifest({ asks }), 'shop', contextWith());
  const moved = { 'azuredisk-v2': { schedulerName: 'volcano', storageClassName: 'zrs' } };
  const { items } = explain(object, 'shop', contextWith({ configuration: profiles(moved) }));
  t.same(
    items.map(({ wanted }) => wanted),
    ['azuredisk-standard-ssd-zrs-replicas', 'csi-azuredisk-scheduler-extender'],
  );
});

t.test('a set that is not opted in, or refused, gets nothing', async (t) => {
  t.match(explained({ asks: {} }), { inject: false, items: [], denials: [] });
  t.match(explained({ asks: { profile: 'gold' } }), {
    inject: false,
    warnings: [{ code: 'ZK221' }],
  });
  t.match(explained({ asks: { inject: 'yes' } }), { inject: false, denials: [{ code: 'ZK101' }] });
  const clash = { inject: 'true', 'secret-provider-class': 'v', containers: 'nobody' };
  t.match(explained({ asks: clash }), { inject: false, items: [], denials: [{ code: 'ZK106' }] });
});

t.test('of secrets it is told which class is made, of what, and who reads it', async (t) => {
  const made = (given: Given, context = OFFLINE) =>
    explained(given, context).items.find(({ target }) => target.startsWith('SecretProviderClass'));
  t.match(made({ asks: VAULT_ASKS }), {
    target: /^SecretProviderClass zonekeeper-mysql-[0-9a-f]{10}$/,
    wanted: 'vault contoso-prod: secret/mysql-root-password, tls/ca.pem=cert/web',
    origin: 'annotation',
    why: `made for the set; read by workload-identity ${CLIENT}`,
  });
  const node = { identity: 'vm-managed-identity', clientId: undefined };
  const context = contextWith({ configuration: vaultProfile(node), offline: true });
  t.match(made({ asks: SECRETS_ONLY }, context), {
    origin: 'profile',
    why: 'made for the set; read by vm-managed-identity of the node',
  });
  t.equal(made({}), undefined);
});
