import t from 'tap';
import { parseConfiguration, SHIPPED_CONFIGURATION } from '../../../webhook/core/configuration.ts';
import { sentence } from '../../../webhook/core/problems.ts';

function problemsOf(value: unknown): string[] {
  return (parseConfiguration(value).problems ?? []).map(sentence);
}

const GUID = '01234567-89ab-cdef-0123-456789abcdef';

t.test('what is shipped reads as it is written', async (t) => {
  t.same(parseConfiguration(SHIPPED_CONFIGURATION), { configuration: SHIPPED_CONFIGURATION });
  t.match(SHIPPED_CONFIGURATION.profiles, {
    default: { storageClassName: 'zonekeeper-zrs', schedulerName: 'none' },
    'azuredisk-v2': {
      storageClassName: 'azuredisk-standard-ssd-zrs-replicas',
      schedulerName: 'csi-azuredisk-scheduler-extender',
    },
  });
});

t.test('a profile that says nothing sets nothing and bounds nothing', async (t) => {
  t.same(parseConfiguration({ profiles: { default: {} } }), {
    configuration: {
      profiles: {
        default: {
          storageClassName: 'none',
          schedulerName: 'none',
          keyVault: { identity: 'workload-identity' },
          sidecar: {
            imagePullPolicy: 'IfNotPresent',
            requests: { cpu: '10m', memory: '32Mi' },
            limits: { memory: '96Mi' },
          },
          verify: false,
          allowed: {},
        },
      },
    },
  });
});

t.test('every mistake is told of with its path', async (t) => {
  const problems = problemsOf({
    profiles: {
      default: { storageClassName: 'Not A Class', colour: 'red' },
      gold: { allowed: { schedulerNames: ['a', '-'] }, schedulerLease: { name: 'x' } },
    },
    extra: 1,
  });
  t.equal(problems.length, 5);
  t.match(problems.sort(), [
    /^ZK301 configuration value \(root\): .*"extra"/,
    /^ZK301 configuration value profiles.default.storageClassName: expected the name of an object/,
    /^ZK301 configuration value profiles.default: .*"colour"/,
    /^ZK301 configuration value profiles.gold.allowed.schedulerNames.1: expected the name of a sch/,
    /^ZK301 configuration value profiles.gold.schedulerLease.namespace: /,
  ]);
});

t.test('a file that is empty or no configuration at all is refused', async (t) => {
  for (const value of [null, undefined, {}, [], 'text', 1]) {
    t.match(problemsOf(value), [/^ZK301 /]);
  }
});

t.test('there must be a default profile', async (t) => {
  t.match(problemsOf({ profiles: {} }), [/^ZK302 the configuration has no profile "default"/]);
});

t.test('a profile must keep within its own bounds', async (t) => {
  const bounded = {
    storageClassName: 'a',
    schedulerName: 'b',
    keyVault: { name: 'contoso-prod', tenantId: GUID, clientId: GUID },
    allowed: {
      storageClasses: ['x'],
      schedulerNames: ['B'],
      keyVaults: ['contoso-test'],
      tenantIds: [],
      clientIds: [],
    },
  };
  t.match(problemsOf({ profiles: { default: {}, bounded } }), [
    /^ZK303 profile "bounded" has storageClassName "a", which its own allow-list leaves out/,
    /^ZK303 profile "bounded" has schedulerName "b"/,
    /^ZK303 profile "bounded" has keyVault.name "contoso-prod"/,
    /^ZK303 profile "bounded" has keyVault.tenantId /,
    /^ZK303 profile "bounded" has keyVault.clientId /,
  ]);
});

t.test('none lies within any bounds, and so does what is listed', async (t) => {
  const allowed = {
    storageClasses: [],
    schedulerNames: ['volcano'],
    keyVaults: ['Contoso-Prod'],
    tenantIds: [GUID.toUpperCase()],
  };
  const keyVault = { name: 'contoso-prod', tenantId: GUID, clientId: GUID };
  const profiles = { default: { schedulerName: 'volcano', keyVault, allowed } };
  t.same(problemsOf({ profiles }), []);
});

t.test('what no provider takes is told of before a class is made of it', async (t) => {
  const keyVault = { name: 'x', tenantId: 'contoso.com', identity: 'pod', cloudName: 'Azure' };
  const allowed = { keyVaults: ['a_b'], mountPaths: ['/secrets/', 'secrets'] };
  t.match(problemsOf({ profiles: { default: { keyVault, allowed } } }).sort(), [
    /allowed.keyVaults.0: expected the name of a vault/,
    /allowed.mountPaths.0: expected an absolute path/,
    /allowed.mountPaths.1: expected an absolute path/,
    /keyVault.cloudName: /,
    /keyVault.identity: /,
    /keyVault.name: expected the name of a vault/,
    /keyVault.tenantId: expected a GUID/,
  ]);
});
