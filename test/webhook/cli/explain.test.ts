import t from 'tap';
import { zonekeeper } from './support/io.ts';

const set = (annotations: string, more = '') => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, annotations: {${annotations}}}
spec:
  template: {spec: {containers: [{name: db}]${more}}}
  volumeClaimTemplates:
  - {metadata: {name: data}, spec: {}}
`;
const explain = (text: string, ...flags: string[]) =>
  zonekeeper(['explain', '-f', '-', ...flags], text);

t.test('each value is told with its origin and what becomes of it', async (t) => {
  const asks =
    'zonekeeper.io/inject: "true", zonekeeper.io/scheduler-name: volcano, zonekeeper.io/fast-failover: 1m';
  const { code, stdout, stderr } = await explain(set(asks, ', schedulerName: other'));
  t.equal(code, 0);
  t.equal(stderr, '');
  t.match(stdout, /^StatefulSet db \(stdin:1\)$/m);
  t.match(stdout, /asked for +fast-failover="1m", inject="true", scheduler-name="volcano"/);
  t.match(stdout, /profile +default \(default\)/);
  t.match(stdout, /storage +claim template data +zonekeeper-zrs +profile default +injected: /);
  t.match(
    stdout,
    /scheduler +pod template +volcano +annotation +not injected: it chooses scheduler "other"/,
  );
  t.match(stdout, /failover +tolerations +60s +annotation +injected: /);
  t.match(stdout, /warning: ZK212 /);
});

t.test('a profile is told to come from the flag or the annotation', async (t) => {
  const byFlag = await explain(set('zonekeeper.io/inject: "true"'), '--profile', 'azuredisk-v2');
  t.match(byFlag.stdout, 'profile    azuredisk-v2 (--profile)');
  const asks = 'zonekeeper.io/inject: "true", zonekeeper.io/profile: azuredisk-v2';
  t.match((await explain(set(asks))).stdout, 'profile    azuredisk-v2 (annotation)');
});

t.test('sets that are not opted in or ask for nothing are told so', async (t) => {
  t.match(
    (await explain(set('a: b'))).stdout,
    /asked for +nothing\n +injected +no, the set is not opted in/,
  );
  const none = 'zonekeeper.io/inject: "true", zonekeeper.io/storage-class: none';
  t.match((await explain(set(none))).stdout, /injected +nothing\n/);
});

t.test('a refused set is told with every reason, and by the exit code', async (t) => {
  const asks =
    'zonekeeper.io/inject: "true", zonekeeper.io/profile: nope, zonekeeper.io/fast-failover: x';
  const { code, stdout } = await explain(set(asks));
  t.equal(code, 1);
  t.match(stdout, /injected +no, the set is refused/);
  t.match(stdout, 'error: ZK102 ');
  t.match(stdout, 'error: ZK103 ');
});

t.test('a set of no sound shape or with duplicate keys is an error', async (t) => {
  const broken = await explain(set('zonekeeper.io/inject: true'));
  t.match(broken, { code: 1, stdout: '', stderr: /ZK110/ });
  t.match(await explain(`${set('a: b')}x: 1\nx: 2\n`), { code: 1, stderr: /ZK507/ });
});

t.test('misplaced annotations are told', async (t) => {
  const { code, stderr } = await explain(
    set('a: b').replace('{name: db,', '{name: db, labels: {zonekeeper.io/inject: "true"},'),
  );
  t.equal(code, 0);
  t.match(stderr, /ZK511 metadata.labels/);
});

t.test('input without a set is told', async (t) => {
  t.match(await explain('kind: Service\n'), { code: 0, stdout: '', stderr: /ZK510/ });
});
