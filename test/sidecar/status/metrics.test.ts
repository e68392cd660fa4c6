import t from 'tap';
import { metricsText } from '../../../sidecar/status/metrics.ts';
import type { Status } from '../../../sidecar/status/status.ts';
import { newTally } from '../../../sidecar/status/tally.ts';

const TIME = '1970-01-01T00:00:10.000Z';
const STATUS: Status = {
  version: '1.2.3',
  state: 'drifted',
  since: TIME,
  ready: true,
  mounts: [
    {
      path: '/mnt/"a"\\',
      state: 'drifted',
      changedAt: TIME,
      files: ['x'],
      missing: ['y'],
      problems: [],
    },
  ],
  environment: {
    ...{ file: '/run/app.env', format: 'posix', variables: ['X'] },
    ...{ writtenAt: TIME, current: false, problems: [] },
  },
  objects: [
    {
      ...{ path: '/mnt/x', state: 'drifted', code: 'ZK851', message: 'ZK851 …' },
      ...{ since: TIME, comparedAt: TIME },
    },
  ],
  rotation: { action: 'none', count: 0, generations: {} },
  problems: [],
};

const sample = (text: string, name: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`zonekeeper_sidecar_${name} `))
    ?.split(' ')
    .at(-1);

t.test('the status is told in numbers', async (t) => {
  const text = metricsText(STATUS, newTally());
  const expected = {
    'info{version="1.2.3"}': '1',
    ready: '1',
    'state{state="drifted"}': '1',
    'state{state="fresh"}': '0',
    'mount_changed_timestamp_seconds{mount="/mnt/\\"a\\"\\\\"}': '10',
    missing_files: '1',
    'objects{state="drifted"}': '1',
    compared_timestamp_seconds: '10',
    env_file_current: '0',
    env_file_variables: '1',
    env_file_written_timestamp_seconds: '10',
    rotations_total: '0',
  };
  for (const [name, value] of Object.entries(expected)) t.equal(sample(text, name), value, name);
});

t.test('every series has its help and type, and the text ends with a line feed', async (t) => {
  const text = metricsText(STATUS, newTally());
  t.match(text, /\n$/);
  const names = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/[{ ]/, 1)[0] ?? '');
  for (const name of new Set(names)) {
    t.match(
      text,
      new RegExp(`^# HELP ${name} \\S.*\n# TYPE ${name} (?:gauge|counter)\n${name}`, 'm'),
    );
  }
});

t.test('what is not known has no series', async (t) => {
  const { environment: _, ...rest } = STATUS;
  const [object] = STATUS.objects;
  if (object === undefined) throw new Error('no object');
  const { comparedAt: __, ...never } = object;
  const text = metricsText({ ...rest, mounts: [], objects: [object, never] }, newTally());
  t.notMatch(text, /env_file|mount_changed|compared_timestamp/);
});
