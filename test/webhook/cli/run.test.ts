import path from 'node:path';
import t from 'tap';
import { COMMANDS, FLAGS } from '../../../webhook/cli/commands.ts';
import { zonekeeper } from './support/io.ts';

const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, annotations: {zonekeeper.io/inject: "true"}}
spec:
  template: {spec: {containers: [{name: db}]}}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {}
`;

t.test('help names every command and every flag', async (t) => {
  const overview = await zonekeeper(['--help']);
  t.match(overview, { code: 0, stderr: '' });
  for (const [name, { flags }] of Object.entries(COMMANDS)) {
    t.match(overview.stdout, name);
    const { stdout } = await zonekeeper([name, '--help']);
    for (const flag of flags) t.match(stdout, `--${flag}`);
    t.match(stdout, FLAGS.filename.meaning);
  }
  for (const line of overview.stdout.split('\n')) t.ok(line.length <= 110, line);
});

t.test('without arguments, help goes to standard error', async (t) => {
  t.match(await zonekeeper([]), { code: 2, stdout: '', stderr: /Usage/ });
});

t.test('the version is printed', async (t) => {
  t.strictSame(await zonekeeper(['--version']), { code: 0, stdout: '0.1.0\n', stderr: '' });
});

t.test('wrong arguments give exit code 2 and no output', async (t) => {
  t.match(await zonekeeper(['nonsense']), { code: 2, stdout: '', stderr: /^error: ZK501 / });
  t.match(await zonekeeper(['inject', '-f', '-', '--profile', 'x'], SET), {
    code: 2,
    stdout: '',
    stderr: /^error: ZK512 /,
  });
});

t.test('a configuration file that is missing gives exit code 1', async (t) => {
  const args = ['inject', '-f', '-', '--config', 'no-such-file'];
  t.match(await zonekeeper(args, SET), { code: 1, stdout: '', stderr: /^error: ZK304 / });
});

t.test(
  'several inputs are one stream, and one that is refused keeps all from being written',
  async (t) => {
    const folder = t.testdir({ 'a.yaml': 'a: 1', 'b.yaml': SET.replace('"true"', '"no"') });
    const [a = '', b = ''] = ['a.yaml', 'b.yaml'].map((name) => path.join(folder, name));
    const good = await zonekeeper(['inject', '-f', a, '-f', '-'], SET);
    t.match(good, { code: 0, stderr: '' });
    t.ok(good.stdout.startsWith('a: 1\n---\napiVersion'));
    t.match(good.stdout, 'storageClassName: zonekeeper-zrs');
    t.match(await zonekeeper(['inject', '-f', a, '-f', b, '-f', '-'], SET), {
      code: 1,
      stdout: '',
      stderr: /b\.yaml:1: error: StatefulSet db, document 1: ZK101 .*\n$/,
    });
    t.match(await zonekeeper(['inject', '-f', 'no-such-file', '-f', '-'], SET), {
      code: 1,
      stdout: '',
      stderr: /ZK505/,
    });
  },
);

t.test('input without an annotated set is passed on with a warning', async (t) => {
  const text = '# nothing\na: 1 \n';
  t.match(await zonekeeper(['inject', '-f', '-'], text), {
    code: 0,
    stdout: text,
    stderr: /^warning: ZK510 /,
  });
  t.match(await zonekeeper(['uninject', '-f', '-'], SET), {
    code: 0,
    stdout: SET,
    stderr: /^warning: ZK510 /,
  });
});

t.test(
  'a difference is printed instead of the manifests, and nothing if there is none',
  async (t) => {
    const changed = await zonekeeper(['inject', '-f', '-', '--diff'], SET);
    t.match(changed, { code: 0, stdout: /^--- a\/stdin\n\+\+\+ b\/stdin\n@@/, stderr: '' });
    const injected = await zonekeeper(['inject', '-f', '-'], SET);
    const again = await zonekeeper(['inject', '-f', '-', '--diff'], injected.stdout);
    t.match(again, { code: 0, stdout: '' });
  },
);

t.test(
  'injecting again follows another profile, but classes stay as they were committed',
  async (t) => {
    const first = await zonekeeper(['inject', '-f', '-'], SET);
    const second = await zonekeeper(
      ['inject', '-f', '-', '--profile', 'azuredisk-v2'],
      first.stdout,
    );
    t.match(second.stdout, 'schedulerName: csi-azuredisk-scheduler-extender');
    t.match(second.stdout, 'storageClassName: zonekeeper-zrs');
    const back = await zonekeeper(['inject', '-f', '-'], second.stdout);
    t.equal(back.stdout, first.stdout);
    const clean = await zonekeeper(['uninject', '-f', '-'], back.stdout);
    t.equal(clean.stdout, SET);
  },
);
