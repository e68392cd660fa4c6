import t from 'tap';
import { parseConfiguration, SHIPPED_CONFIGURATION } from '../../../webhook/core/configuration.ts';
import { sentence } from '../../../webhook/core/problems.ts';

function problemsOf(value: unknown): string[] {
  return (parseConfiguration(value).problems ?? []).map(sentence);
}

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
      profiles: { default: { storageClassName: 'none', schedulerName: 'none', allowed: {} } },
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
    allowed: { storageClasses: ['x'], schedulerNames: [] },
  };
  t.match(problemsOf({ profiles: { default: {}, bounded } }), [
    /^ZK303 profile "bounded" has storageClassName "a", which its own allow-list leaves out/,
    /^ZK303 profile "bounded" has schedulerName "b"/,
  ]);
});

t.test('none lies within any bounds, and so does what is listed', async (t) => {
  const allowed = { storageClasses: [], schedulerNames: ['volcano'] };
  const profiles = { default: { schedulerName: 'volcano', allowed } };
  t.same(problemsOf({ profiles }), []);
});
