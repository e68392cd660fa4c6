import { once } from 'node:events';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fastJsonPatch from 'fast-json-patch';
import t, { type Test } from 'tap';
import { VERSION } from '../../webhook/version.ts';
import { callWebhook } from '../support/admission-client.ts';
import { run } from '../support/run.ts';
import { ServerProcess, WEBHOOK } from '../support/webhook-process.ts';
import { reviewOf, statefulSet } from './server/support/fixtures.ts';

t.setTimeout(240_000); // Each test starts processes, which takes seconds on a busy machine.

const FREE = ['--port=0', '--ops-port=0'];
const CLUSTER = ['--service=zk', '--namespace=n', '--secret=s', '--webhook-configuration=zk'];

/** The webhook without a cluster, on free ports; ends with the test. */
async function local(t: Test, args: string[] = [], folder = t.testdir()) {
  const server = await ServerProcess.start({
    args: [WEBHOOK, '--local', `--cert-dir=${folder}`, ...FREE, ...args],
    keepLog: true,
  });
  t.teardown(() => server.signal('SIGKILL'));
  await server.ready();
  const ca = await readFile(path.join(folder, 'ca.crt'), 'utf8');
  return { server, ca };
}

/** The class that a patch gives the claim template. */
function classOf(patch = ''): string | undefined {
  const operations = JSON.parse(Buffer.from(patch, 'base64').toString());
  const injected = fastJsonPatch.applyPatch(statefulSet(), operations).newDocument;
  const [claim] = injected.spec.volumeClaimTemplates;
  return (claim?.spec as { storageClassName?: string } | undefined)?.storageClassName;
}

const main = (...args: string[]) => run(process.execPath, [WEBHOOK, ...args]);

t.test('without a cluster it answers over TLS that its CA verifies', async (t) => {
  const { server, ca } = await local(t);
  const { status, body } = await callWebhook({ port: server.port, ca }, reviewOf(statefulSet()));
  t.equal(status, 200);
  t.equal(body.response?.allowed, true);
  t.equal(classOf(body.response?.patch), 'zonekeeper-zrs');
  t.strictSame(JSON.parse(await server.ask('/readyz')), { ready: true });
  t.match(await server.ask('/metrics'), `zonekeeper_build_info{version="${VERSION}"} 1`);
  const expiry = async (of: string) => {
    const series = new RegExp(`^zonekeeper_${of}_expiry_timestamp_seconds (\\S+)`, 'm');
    return Number(series.exec(await server.ask('/metrics'))?.[1]);
  };
  t.ok((await expiry('certificate')) > Date.now() / 1000);
  t.ok((await expiry('ca')) >= (await expiry('certificate')));
  t.equal(await server.stop(), 0);
  t.match(server.lines, [
    { level: 'info', msg: 'listening', host: '127.0.0.1', version: VERSION },
    ...[{}, {}],
    { msg: 'admission', outcome: 'injected', name: 'ledger' },
    { msg: 'stopping', signal: 'SIGTERM' },
  ]);
});

t.test('help and version need nothing else', async (t) => {
  t.match(await main('--help'), { code: 0, stdout: /--cert-dir DIR/ });
  t.strictSame(await main('--version'), { code: 0, stdout: `${VERSION}\n`, stderr: '' });
});

t.test('a wrong command line is told whole, with exit code 2', async (t) => {
  const { code, stdout, stderr } = await main('--local', '--port=x', '--cret-dir=y');
  t.equal(code, 2);
  t.equal(stdout, '');
  t.match(stderr, 'zonekeeper: --cret-dir is unknown');
  t.match(stderr, 'zonekeeper: --port is "x"; expected a whole number from 0 to 65535');
  t.match(stderr, 'zonekeeper: --cert-dir is missing');
});

t.test(
  'a configuration that is not valid at the start is told whole, with exit code 1',
  async (t) => {
    const folder = t.testdir({ 'bad.yaml': 'profiles:\n  Default: {}\nprofile: {}\n' });
    const start = (file: string) =>
      main('--local', `--cert-dir=${folder}`, ...FREE, `--config=${path.join(folder, file)}`);
    const { code, stderr } = await start('bad.yaml');
    t.equal(code, 1);
    t.equal(stderr.match(/zonekeeper: ZK301/g)?.length, 2, stderr);
    t.match(await start('absent.yaml'), { code: 1, stderr: /ZK304 .*there is no such file/ });
  },
);

t.test('a port that is taken is told, with exit code 1', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.teardown(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { code, stderr } = await main(
    '--local',
    `--cert-dir=${t.testdir()}`,
    '--port=0',
    `--ops-port=${port}`,
  );
  t.equal(code, 1);
  t.match(stderr, /zonekeeper: cannot start: .*EADDRINUSE/);
});

t.test('a changed configuration takes effect, and a bad one leaves it in force', async (t) => {
  const folder = t.testdir({ 'config.yaml': 'profiles: {default: {storageClassName: one}}' });
  const file = path.join(folder, 'config.yaml');
  const { server, ca } = await local(t, [`--config=${file}`], folder);
  const injected = async () =>
    classOf(
      (await callWebhook({ port: server.port, ca }, reviewOf(statefulSet()))).body.response?.patch,
    );
  const replace = async (text: string) => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  const logged = async (message: RegExp) => {
    while (!server.lines.some(({ msg }) => message.test(msg ?? ''))) await setTimeout(10);
  };
  t.equal(await injected(), 'one');
  await replace('profiles: {default: {storageClassName: two}}');
  await logged(/^configuration changed$/);
  t.equal(await injected(), 'two');
  await replace('profiles: {}');
  await logged(/refused/);
  t.equal(await injected(), 'two');
  t.match(await server.ask('/metrics'), 'zonekeeper_config_last_reload_successful 0');
});

t.test('after SIGTERM it goes on serving, not ready, and closes each connection', async (t) => {
  const { server, ca } = await local(t, ['--drain-seconds=600']);
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  const call = () => callWebhook({ port: server.port, ca, agent }, reviewOf(statefulSet()));
  t.equal((await call()).headers.connection, 'keep-alive');
  server.signal('SIGTERM');
  const readyz = async () => JSON.parse(await server.ask('/readyz'));
  while ((await readyz()).ready) await setTimeout(10);
  t.match(await readyz(), { ready: false, notReady: [{ condition: 'serving' }] });
  const answer = await call();
  t.equal(answer.status, 200);
  t.equal(answer.headers.connection, 'close');
  server.signal('SIGTERM');
  t.equal(await server.ended(), 143, 'a second signal ends it at once');
});

t.test('it ends when the drain is over, with idle connections open', async (t) => {
  const { server, ca } = await local(t);
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  await callWebhook({ port: server.port, ca, agent }, reviewOf(statefulSet()));
  server.signal('SIGINT');
  t.equal(await server.ended(), 0);
});

t.test('a kubeconfig that is not there is told, with exit code 1', async (t) => {
  const { code, stderr } = await main(...CLUSTER, ...FREE, '--kubeconfig=/nonexistent/config');
  t.equal(code, 1);
  t.match(stderr, /zonekeeper: cannot start: /);
});

t.test('without its API server it lives, and says why it is not ready', async (t) => {
  const folder = t.testdir({
    kubeconfig: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'u', user: { token: 'hunter2' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  });
  const server = await ServerProcess.start({
    args: [
      ...[WEBHOOK, ...CLUSTER, ...FREE, '--host=127.0.0.1', '--drain-seconds=0'],
      `--kubeconfig=${path.join(folder, 'kubeconfig')}`,
    ],
    keepLog: true,
  });
  t.teardown(() => server.signal('SIGKILL'));
  t.strictSame(JSON.parse(await server.ask('/livez')), { live: true });
  t.match(JSON.parse(await server.ask('/readyz')), {
    ready: false,
    notReady: [{ condition: 'certificate' }, { condition: 'ca-bundle' }],
  });
  t.equal(await server.stop(), 0);
  t.notMatch(JSON.stringify(server.lines), 'hunter2');
});
