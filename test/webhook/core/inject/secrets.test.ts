import t from 'tap';
import {
  entriesOf,
  injectSecrets,
  SECRETS_VOLUME_NAME,
  type SecretsPlan,
  stripSecrets,
} from '../../../../webhook/core/inject/secrets.ts';
import type { PodSpec } from '../../../../webhook/core/statefulset.ts';

const PATH = '/mnt/secrets-store';
const MOUNT = { name: 'zonekeeper-secrets', readOnly: true, mountPath: PATH };
const VOLUME = {
  name: 'zonekeeper-secrets',
  csi: {
    driver: 'secrets-store.csi.k8s.io',
    readOnly: true,
    volumeAttributes: { secretProviderClass: 'vault' },
  },
};

/** Existing classes, each with a folder of its name. */
const named = (...classes: string[]) => classes.map((name) => ({ class: name, folder: name }));

function planFor(classes = ['vault'], containers?: readonly string[], path = PATH): SecretsPlan {
  return { entries: entriesOf(named(...classes), path), containers };
}

t.test('one class is mounted read-only in every container, init containers too', async (t) => {
  const given = { initContainers: [{ name: 'init' }], containers: [{ name: 'app' }] };
  const { spec, entry, denials } = injectSecrets(given, planFor(), []);
  t.same(spec, {
    initContainers: [{ name: 'init', volumeMounts: [MOUNT] }],
    containers: [{ name: 'app', volumeMounts: [MOUNT] }],
    volumes: [VOLUME],
  });
  t.same(entry, [{ volume: 'zonekeeper-secrets', class: 'vault', path: PATH }]);
  t.same(denials, []);
});

t.test('several classes get a volume and a folder each', async (t) => {
  t.same(entriesOf(named('a', 'b-c'), '/etc/secrets'), [
    { volume: 'zonekeeper-secrets-a', class: 'a', path: '/etc/secrets/a' },
    { volume: 'zonekeeper-secrets-b-c', class: 'b-c', path: '/etc/secrets/b-c' },
  ]);
  t.same(entriesOf([], PATH), []);
});

t.test('a class that cannot be part of a volume’s name gets a hash of its own', async (t) => {
  const classes = ['a.b', 'a-b', 'a'.repeat(253), `${'a'.repeat(252)}b`, `${'a'.repeat(34)}.b`];
  const volumes = entriesOf(named(...classes), PATH).map(({ volume }) => volume);
  t.equal(new Set(volumes).size, classes.length);
  for (const volume of volumes) {
    t.match(volume, SECRETS_VOLUME_NAME);
    t.ok(volume.length <= 63, volume);
  }
  const longest = 'a'.repeat(44);
  t.equal(entriesOf(named('b', longest), PATH)[1]?.volume, `zonekeeper-secrets-${longest}`);
  t.equal(volumes[0], 'zonekeeper-secrets-a-b-2e7336dc');
});

t.test('only the containers that are named get the mounts', async (t) => {
  const given = {
    initContainers: [{ name: 'init' }],
    containers: [{ name: 'app' }, { name: 'x' }],
  };
  const { spec } = injectSecrets(given, planFor(['vault'], ['app']), []);
  t.equal(spec.initContainers, given.initContainers);
  t.same(spec.containers, [{ name: 'app', volumeMounts: [MOUNT] }, { name: 'x' }]);
});

t.test('a container that the template lacks is refused with those it has', async (t) => {
  const given = { initContainers: [{ name: 'init' }], containers: [{ name: 'app' }] };
  const { spec, denials } = injectSecrets(given, planFor(['vault'], ['app', 'ap', 'int']), []);
  t.equal(spec, given);
  t.match(denials, [
    { code: 'ZK106', found: /"ap"/, expected: 'containers of the template: "init", "app"' },
    { code: 'ZK106', found: /"int"/ },
  ]);
});

t.test('a volume or claim template of the same name is never replaced', async (t) => {
  const given = { volumes: [{ name: 'zonekeeper-secrets' }], containers: [{ name: 'app' }] };
  t.match(injectSecrets(given, planFor(), []).denials, [{ code: 'ZK108' }]);
  t.match(injectSecrets({}, planFor(), ['data', 'zonekeeper-secrets']).denials, [
    {
      code: 'ZK108',
      found: 'the template has a volume or claim template "zonekeeper-secrets" of its own',
    },
  ]);
  t.same(injectSecrets({}, planFor(), ['zonekeeper-secrets-a']).denials, []);
});

t.test('another mount at the path is refused, with or without a slash at its end', async (t) => {
  for (const mountPath of [PATH, `${PATH}/`]) {
    const given = { containers: [{ name: 'app', volumeMounts: [{ name: 'data', mountPath }] }] };
    t.match(injectSecrets(given, planFor(), []).denials, [
      { code: 'ZK109', found: `container "app" already mounts "data" at ${PATH}` },
    ]);
    t.same(injectSecrets(given, planFor(['vault'], []), []).denials, []);
    t.same(injectSecrets(given, planFor(['a', 'b']), []).denials, []);
  }
});

t.test('an object cannot be made to fill the memory', async (t) => {
  const containers = Array.from({ length: 51 }, (_, index) => ({ name: `c${index}` }));
  const classes = Array.from({ length: 100 }, (_, index) => `vault${index}`);
  const { spec, denials } = injectSecrets({ containers }, planFor(classes), []);
  t.same(spec, { containers });
  t.match(denials, [{ code: 'ZK103', found: /"100 classes for 51 containers"/ }]);
  t.same(injectSecrets({ containers }, planFor(classes.slice(2)), []).denials, []);
  t.same(injectSecrets({ containers }, planFor(classes, ['c0', 'c1']), []).denials, []);
});

t.test('exactly what was put in is taken out', async (t) => {
  const given: PodSpec = {
    initContainers: [{ name: 'init', volumeMounts: [{ name: 'data', mountPath: '/d' }] }],
    containers: [{ name: 'app' }],
    volumes: [{ name: 'config' }],
  };
  for (const plan of [planFor(), planFor(['a', 'b.c']), planFor(['vault'], ['app'])]) {
    t.same(stripSecrets(injectSecrets(given, plan, []).spec, plan), given);
  }
});

t.test('what the user mounted by hand stays', async (t) => {
  const elsewhere = { ...MOUNT, mountPath: '/etc/x' };
  const writable = { ...MOUNT, readOnly: false };
  const spec = {
    containers: [
      { name: 'app', volumeMounts: [MOUNT, elsewhere] },
      { name: 'helper', volumeMounts: [MOUNT] },
      { name: 'writer', volumeMounts: [writable] },
    ],
    volumes: [VOLUME],
  };
  t.same(stripSecrets(spec, planFor(['vault'], ['app', 'writer'])), {
    containers: [
      { name: 'app', volumeMounts: [elsewhere] },
      { name: 'helper', volumeMounts: [MOUNT] },
      { name: 'writer', volumeMounts: [writable] },
    ],
  });
});

t.test('a volume that is no longer as it was put in stays', async (t) => {
  const spec = {
    containers: [{ name: 'app', volumeMounts: [] }],
    volumes: [
      { ...VOLUME, csi: { ...VOLUME.csi, volumeAttributes: { secretProviderClass: 'mine' } } },
    ],
  };
  t.equal(stripSecrets(spec, planFor()), spec);
  t.same(stripSecrets({}, planFor()), {});
});
