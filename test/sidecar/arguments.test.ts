import t from 'tap';
import { parseArguments } from '../../sidecar/arguments.ts';
import { FLAGS, usage } from '../../sidecar/flags.ts';
import type { Settings } from '../../sidecar/settings.ts';

const MOUNT = '--mount=/mnt/secrets-store';
const VAULT = 'https://contoso.vault.azure.net';

function settingsOf(...args: string[]): Settings | string[] {
  const parsed = parseArguments(args);
  if (parsed.kind === 'settings') return parsed.settings;
  return parsed.kind === 'wrong' ? parsed.problems.map(({ message }) => message) : [parsed.kind];
}

t.test('a mount is enough, and everything else has its default', async (t) => {
  t.strictSame(settingsOf(MOUNT), {
    mounts: ['/mnt/secrets-store'],
    expected: [],
    variables: new Map(),
    fileVariables: new Map(),
    autoMounts: [],
    objects: [],
    format: 'posix',
    envFile: '/run/zonekeeper/app.env',
    statusFile: '/run/zonekeeper/status.json',
    onRotation: { kind: 'none' },
    verify: false,
    port: 9809,
    host: undefined,
  });
});

t.test('everything that the webhook writes is read', async (t) => {
  const version = '0123456789abcdef0123456789abcdef';
  t.match(
    settingsOf(
      MOUNT,
      '--mount=/mnt/other/',
      '--expect=/mnt/secrets-store/a',
      '--variable=A=/mnt/secrets-store/a=b',
      '--file-variable=TLS_FILE=/mnt/other/tls/cert',
      '--auto=/mnt/other',
      '--format=systemd',
      '--env-file=none',
      '--status-file=/run/z/status.json',
      '--on-rotation=http=http://127.0.0.1:8080/-/reload?x=y',
      `--object=${VAULT}/secrets/a=/mnt/secrets-store/a`,
      `--object=${VAULT}/secrets/b/${version}#base64=/mnt/secrets-store/b`,
      '--verify',
      '--port=0',
      '--host=127.0.0.1',
    ),
    {
      mounts: ['/mnt/secrets-store', '/mnt/other'],
      expected: ['/mnt/secrets-store/a'],
      variables: new Map([['A', '/mnt/secrets-store/a=b']]),
      fileVariables: new Map([['TLS_FILE', '/mnt/other/tls/cert']]),
      autoMounts: ['/mnt/other'],
      format: 'systemd',
      envFile: undefined,
      statusFile: '/run/z/status.json',
      onRotation: { kind: 'http', url: 'http://127.0.0.1:8080/-/reload?x=y' },
      objects: [
        { id: `${VAULT}/secrets/a`, path: '/mnt/secrets-store/a' },
        {
          id: `${VAULT}/secrets/b/${version}`,
          path: '/mnt/secrets-store/b',
          encoding: 'base64',
        },
      ],
      verify: true,
      port: 0,
      host: '127.0.0.1',
    },
  );
  t.match(settingsOf(MOUNT, '--on-rotation=restart', '--format=kubernetes'), {
    onRotation: { kind: 'restart' },
    format: 'kubernetes',
  });
});

t.test('every problem is told at once', async (t) => {
  const problems = settingsOf(
    'extra',
    '--nonsense=1',
    '--format=yaml',
    '--port=70000',
    '--port=1',
    '--verify=yes',
    '--expect=',
    '--expect=relative',
    '--variable=1A=/mnt/a',
    '--variable=A=/mnt/../etc/passwd',
    '--file-variable=A=/etc/passwd',
    '--object=http://contoso/secrets/a=/mnt/a',
    '--auto=/mnt/other',
    '--on-rotation=http=http://10.0.0.1/',
  );
  t.match(problems, [
    /^ZK841 extra is no flag/,
    /^ZK841 --nonsense is no flag/,
    /^ZK843 --port is given twice/,
    /^ZK842 --verify is "yes"; expected no value/,
    /^ZK842 --expect is ""; expected --expect=PATH/,
    /^ZK844 --mount is missing/,
    /^ZK842 --variable is "1A=/,
    /^ZK842 --variable is "\/mnt\/\.\.\/etc\/passwd"; expected an absolute path/,
    /^ZK845 variable A is defined twice/,
    /^ZK842 --expect is "relative"/,
    /^ZK842 --object is "http:/,
    /^ZK846 --expect names relative/,
    /^ZK846 --variable names/,
    /^ZK846 --file-variable names \/etc\/passwd/,
    /^ZK842 --auto is "\/mnt\/other"; expected one of the --mount folders/,
    /^ZK842 --format is "yaml"; expected one of posix/,
    /^ZK842 --on-rotation is/,
    /^ZK842 --port is "70000"/,
  ]);
});

t.test('the hook is told on loopback only, over plain HTTP and without credentials', async (t) => {
  for (const url of ['http://localhost:1/', 'http://127.1.2.3/x', 'http://[::1]:80/']) {
    t.match(settingsOf(MOUNT, `--on-rotation=http=${url}`), { onRotation: { kind: 'http' } }, url);
  }
  for (const url of [
    'https://localhost/',
    'http://localhost.evil.example/',
    'http://0.0.0.0/',
    'http://user:pw@localhost/',
    'localhost:1',
    '',
  ]) {
    t.match(settingsOf(MOUNT, `--on-rotation=http=${url}`), [/^ZK842 --on-rotation/], url);
  }
});

t.test('a comparison needs objects, and two values of one variable are refused', async (t) => {
  t.match(settingsOf(MOUNT, '--verify'), [/^ZK844 --object is missing/]);
  const a = '/mnt/secrets-store/a';
  t.match(settingsOf(MOUNT, `--variable=A=${a}`, `--variable=A=${a}`), [/^ZK845 variable A/]);
});

t.test('help and version are asked for whatever else is wrong', async (t) => {
  t.strictSame(settingsOf('--help', '--nonsense'), ['help']);
  t.strictSame(settingsOf('--version'), ['version']);
  for (const flag of Object.keys(FLAGS)) t.match(usage(), `--${flag}`);
});
