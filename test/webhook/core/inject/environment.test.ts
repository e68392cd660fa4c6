import t from 'tap';
import {
  type EnvironmentPlan,
  injectEnvironment,
  stripEnvironment,
} from '../../../../webhook/core/inject/environment.ts';

const FILE: EnvironmentPlan = { entry: { delivery: 'file' }, containers: undefined };
const KUBERNETES: EnvironmentPlan = {
  entry: { delivery: 'kubernetes', variables: ['A', 'B'] },
  containers: ['app'],
};
const MOUNT = { name: 'zonekeeper-env', readOnly: true, mountPath: '/run/zonekeeper' };
const NAMED = { name: 'ZONEKEEPER_ENV_FILE', value: '/run/zonekeeper/app.env' };
const OWN = { name: 'OWN', value: 'x' };

const fileKey = (key: string) => ({
  name: key,
  valueFrom: {
    fileKeyRef: { volumeName: 'zonekeeper-env', path: 'app.env', key, optional: false },
  },
});

t.test('the file is mounted read-only and named in every container', async (t) => {
  const given = { initContainers: [{ name: 'init' }], containers: [{ name: 'app', env: [OWN] }] };
  const { spec, entry, denials } = injectEnvironment(given, FILE);
  t.same([entry, denials], [FILE.entry, []]);
  t.same(spec, {
    initContainers: [{ name: 'init', env: [NAMED], volumeMounts: [MOUNT] }],
    containers: [{ name: 'app', env: [NAMED, OWN], volumeMounts: [MOUNT] }],
  });
  t.same(stripEnvironment(spec, FILE), given);
});

t.test('the kubelet’s variables come first, so that others can refer to them', async (t) => {
  const given = { containers: [{ name: 'app', env: [OWN] }, { name: 'helper' }] };
  const { spec } = injectEnvironment(given, KUBERNETES);
  t.same(spec.containers, [
    { name: 'app', env: [fileKey('A'), fileKey('B'), OWN] },
    { name: 'helper' },
  ]);
  t.same(stripEnvironment(spec, KUBERNETES), given);
});

t.test('only what was put in is taken out', async (t) => {
  const own = [
    { name: 'A', value: 'own' },
    { ...fileKey('B'), name: 'OTHER' },
    { name: 'B', valueFrom: { fileKeyRef: { volumeName: 'files', path: 'app.env', key: 'B' } } },
    { ...NAMED, value: '/elsewhere' },
  ];
  const mounts = [
    { ...MOUNT, readOnly: false },
    { ...MOUNT, mountPath: '/elsewhere' },
  ];
  const given = { containers: [{ name: 'app', env: own, volumeMounts: mounts }] };
  t.equal(stripEnvironment(given, KUBERNETES), given);
  t.equal(stripEnvironment(given, FILE), given);
  const elsewhere = { containers: [{ name: 'helper', env: [fileKey('A')] }] };
  t.equal(stripEnvironment(elsewhere, KUBERNETES), elsewhere);
});

t.test('a variable of the user is never replaced', async (t) => {
  const given = { containers: [{ name: 'app', env: [{ name: 'B', value: 'own' }] }] };
  const { spec, denials } = injectEnvironment(given, KUBERNETES);
  t.equal(spec, given);
  t.match(denials, [{ code: 'ZK136', found: 'container "app" sets variable B itself' }]);
  const named = { containers: [{ name: 'app', env: [NAMED] }] };
  t.match(injectEnvironment(named, FILE).denials, [{ code: 'ZK136' }]);
});

t.test('nor is a mount, nor one that would lie within', async (t) => {
  const mounting = (mountPath: string) => ({
    containers: [{ name: 'app', volumeMounts: [{ name: 'own', mountPath }] }],
  });
  for (const path of ['/run/zonekeeper', '/run/zonekeeper/', '/run/zonekeeper/own']) {
    t.match(injectEnvironment(mounting(path), FILE).denials, [{ code: 'ZK137' }], path);
    t.same(injectEnvironment(mounting(path), KUBERNETES).denials, [], path);
  }
  for (const path of ['/run', '/run/zonekeeper2']) {
    t.same(injectEnvironment(mounting(path), FILE).denials, [], path);
  }
});

t.test('a small object does not become one that fills the memory', async (t) => {
  const variables = Array.from({ length: 100 }, (_, index) => `V${index}`);
  const containers = Array.from({ length: 51 }, (_, index) => ({ name: `c${index}` }));
  const plan: EnvironmentPlan = {
    entry: { delivery: 'kubernetes', variables },
    containers: undefined,
  };
  t.match(injectEnvironment({ containers }, plan).denials, [{ code: 'ZK103' }]);
  t.same(injectEnvironment({ containers: containers.slice(1) }, plan).denials, []);
});
