import t from 'tap';
import {
  type EnvironmentEntry,
  injectEnvironment,
} from '../../../../webhook/core/inject/environment.ts';
import {
  formerSidecar,
  stripFormerSidecar,
} from '../../../../webhook/core/inject/former-sidecar.ts';
import { injectSidecar } from '../../../../webhook/core/inject/sidecar.ts';
import { sidecarSettings } from '../../../../webhook/core/sidecar-settings.ts';
import type { PodSpec } from '../../../../webhook/core/statefulset.ts';

const BARE: PodSpec = { containers: [{ name: 'app' }] };
const FILE = { delivery: 'file' } as const;
const KUBERNETES = { delivery: 'kubernetes', variables: ['A'] } as const;
const stored = () => BARE;

function injected(entry?: EnvironmentEntry, token = false): PodSpec {
  const delivered =
    entry === undefined ? BARE : injectEnvironment(BARE, { entry, containers: undefined }).spec;
  const identity = { clientId: 'client', tenantId: 'tenant', authority: undefined };
  const plan = {
    image: 'zonekeeper/sidecar:1',
    settings: sidecarSettings.parse({}),
    arguments: [],
    restarts: false,
    verify: token ? { arguments: ['--verify'], identity } : undefined,
  };
  return injectSidecar(delivered, plan, { mounts: [], labels: {}, claimNames: [] }).spec;
}

t.test('what is listed today is left to the marker', async (t) => {
  for (const [spec, current] of [
    [injected(FILE), { sidecar: {}, environment: FILE }],
    [injected(KUBERNETES, true), { sidecar: { token: true }, environment: KUBERNETES }],
    [injected(), { sidecar: {} }],
  ] as const) {
    t.equal(stripFormerSidecar(spec, stored, current), spec);
    t.same(formerSidecar(spec, stored, current), []);
  }
  t.equal(stripFormerSidecar(BARE, stored, {}), BARE);
});

t.test(
  'a sidecar that nobody asks for any more is taken out with all that belongs to it',
  async (t) => {
    for (const spec of [injected(FILE), injected(KUBERNETES, true), injected()]) {
      t.same(stripFormerSidecar(spec, stored, {}), BARE);
    }
    t.same(formerSidecar(injected(KUBERNETES, true), stored, {}), [
      'a sidecar',
      'volume "zonekeeper-env"',
      'volume "zonekeeper-token"',
      'variable "A"',
    ]);
    t.match(formerSidecar(injected(FILE), stored, {}), [
      'a sidecar',
      'volume "zonekeeper-env"',
      'variable "ZONEKEEPER_ENV_FILE"',
      'mount /run/zonekeeper',
    ]);
  },
);

t.test('beside a sidecar of today, only what it does not deliver', async (t) => {
  const today = { sidecar: {}, environment: { delivery: 'kubernetes', variables: ['B'] } } as const;
  t.same(stripFormerSidecar(injected(KUBERNETES), stored, today), injected());
  t.same(stripFormerSidecar(injected(FILE), stored, today), injected());
  t.same(
    stripFormerSidecar(injected(KUBERNETES), stored, { sidecar: {}, environment: FILE }),
    injected(),
  );
  t.same(
    stripFormerSidecar(injected(FILE, true), stored, { sidecar: {}, environment: FILE }).volumes
      ?.length,
    1,
  );
});

t.test('what the stored template holds itself is the user’s', async (t) => {
  const spec = injected(FILE);
  t.equal(
    stripFormerSidecar(spec, () => spec, {}),
    spec,
  );
  t.same(
    formerSidecar(spec, () => spec, {}),
    [],
  );
});
