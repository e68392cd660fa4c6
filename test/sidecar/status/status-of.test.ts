import t from 'tap';
import { problem } from '../../../sidecar/messages.ts';
import type { Facts } from '../../../sidecar/status/facts.ts';
import { type Finding, STALE_AFTER, type Verdict } from '../../../sidecar/status/finding.ts';
import { statusOf } from '../../../sidecar/status/status-of.ts';

const NOW = { wall: 1_000_000, monotonic: 1_000_000 };
const WHOLE: Facts = {
  version: '1.2.3',
  ready: true,
  mounts: [
    {
      path: '/mnt',
      snapshot: { generation: '..1', changedAt: new Date(0), files: ['a', 'b'] },
      missing: [],
      problems: [],
    },
  ],
  environment: {
    file: '/run/app.env',
    format: 'posix',
    variables: ['A', 'B'],
    isThere: true,
    isCurrent: true,
    writtenAt: 0,
    problems: [],
  },
  comparison: undefined,
  rotation: { action: 'none', count: 0, generations: {} },
  problems: [],
};
const [MOUNT] = WHOLE.mounts;

const of = (change: Partial<Facts>) => statusOf({ ...WHOLE, ...change }, NOW, 0);

function compared(states: Readonly<Record<string, Verdict['state']>>, since = NOW): Partial<Facts> {
  const findings = Object.entries(states).map(([path, state]): [string, Finding] => [
    path,
    { path, state, code: 'ZK899', reason: `it is ${state}`, since, comparedAt: since.wall },
  ]);
  return { comparison: { objects: ['/mnt/a', '/mnt/b'], findings: new Map(findings) } };
}

t.test('what nobody compares is unknown, never fresh', async (t) => {
  t.match(of({}), {
    version: '1.2.3',
    state: 'unknown',
    since: '1970-01-01T00:00:00.000Z',
    reason: { code: 'ZK833' },
    ready: true,
    mounts: [{ path: '/mnt', state: 'unknown', changedAt: '1970-01-01T00:00:00.000Z' }],
    environment: { current: true, writtenAt: '1970-01-01T00:00:00.000Z' },
    objects: [],
    problems: [],
  });
});

t.test('it is fresh when every file was found equal, and then needs no reason', async (t) => {
  const status = of(compared({ '/mnt/a': 'fresh', '/mnt/b': 'fresh' }));
  t.match(status, { state: 'fresh', mounts: [{ state: 'fresh' }] });
  t.notHas(status, 'reason');
  t.match(status.objects, [{ path: '/mnt/a', state: 'fresh', message: 'ZK899 it is fresh' }, {}]);
});

t.test('files that were not compared yet are named', async (t) => {
  t.match(of(compared({ '/mnt/a': 'fresh' })), {
    state: 'unknown',
    reason: { code: 'ZK834', message: /"\/mnt\/b"/ },
  });
});

t.test('the worst of all decides', async (t) => {
  const worst = (a: Verdict['state'], b: Verdict['state'], since = NOW) =>
    of(compared({ '/mnt/a': a, '/mnt/b': b }, since)).state;
  t.equal(worst('fresh', 'unknown'), 'unknown');
  t.equal(worst('drifted', 'unknown'), 'drifted');
  t.equal(worst('drifted', 'fresh', { wall: 0, monotonic: NOW.monotonic - STALE_AFTER }), 'stale');
  t.equal(worst('drifted', 'orphaned'), 'orphaned');
});

t.test(
  'a mount is missing if it is not there or lacks a file, whatever Key Vault says',
  async (t) => {
    const fresh = compared({ '/mnt/a': 'fresh', '/mnt/b': 'fresh' });
    const gone = problem('ZK811', { path: '/mnt', cause: 'ENOENT' });
    const none = { path: '/mnt', missing: [], problems: [gone] };
    t.match(of({ ...fresh, mounts: [none] }), { state: 'missing', reason: { code: 'ZK811' } });
    const partial = { ...MOUNT, path: '/mnt', missing: ['c'], problems: [] };
    t.match(of({ ...fresh, mounts: [partial] }), {
      state: 'missing',
      reason: { code: 'ZK812', message: /"c" of \/mnt/ },
    });
  },
);

t.test(
  'a generation that cannot be read makes a mount unknown, and a lost watch does not',
  async (t) => {
    const mount = (code: 'ZK813' | 'ZK815') => {
      const values = { path: '/mnt', cause: 'E', seconds: 1 };
      return { ...MOUNT, path: '/mnt', missing: [], problems: [problem(code, values)] };
    };
    const fresh = compared({ '/mnt/a': 'fresh', '/mnt/b': 'fresh' });
    t.match(of({ ...fresh, mounts: [mount('ZK813')] }), { state: 'unknown' });
    t.match(of({ ...fresh, mounts: [mount('ZK815')] }), { state: 'fresh' });
  },
);

t.test(
  'a file that cannot be brought up to date is stale, and missing if there is none',
  async (t) => {
    const full = problem('ZK821', { path: '/run/app.env', cause: 'ENOSPC' });
    const environment = (isThere: boolean): Partial<Facts> => {
      const facts = WHOLE.environment;
      return facts
        ? { environment: { ...facts, isThere, isCurrent: false, problems: [full] } }
        : {};
    };
    t.match(of(environment(true)), {
      state: 'stale',
      reason: { code: 'ZK821' },
      environment: { current: false, problems: [full] },
    });
    t.match(of(environment(false)), { state: 'missing' });
  },
);
