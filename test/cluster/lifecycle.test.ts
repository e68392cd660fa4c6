import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { run } from '../support/run.ts';
import { ControlPlane, stopControlPlane, temporaryFolder } from './control-plane.ts';
import { removeLeftovers } from './leftovers.ts';
import { runningServers } from './processes.ts';
import { until } from './until.ts';

const NAMESPACES = '/api/v1/namespaces';

/** The number of a process that does not exist any more. */
async function endedPid(): Promise<string> {
  return (await run(process.execPath, ['-p', 'process.pid'])).stdout.trim();
}

t.test('two control planes run beside each other and do not see each other', async (t) => {
  const planes = await Promise.all([ControlPlane.start(), ControlPlane.start()]);
  t.teardown(() => Promise.all(planes.map((plane) => plane.stop())));
  const body = { metadata: { name: 'mine' } };
  for (const { api } of planes) {
    t.match(await api.request('POST', NAMESPACES, { body }), { status: 201 });
  }
});

t.test('stopping ends every server and removes what it wrote', async (t) => {
  const plane = await ControlPlane.start();
  t.notSame(await runningServers(plane.folder), []);
  await plane.stop();
  t.same(await runningServers(plane.folder), []);
  await t.rejects(access(plane.folder), { code: 'ENOENT' });
});

t.test('a server that dies is named with the end of its log', async (t) => {
  const plane = await ControlPlane.start();
  const pid = await readFile(path.join(plane.folder, 'pid', 'kube-apiserver.pid'), 'utf8');
  process.kill(Number(pid), 'SIGKILL');
  await t.rejects(
    until('a failure', () => plane.assertRunning()),
    { message: /^kube-apiserver ended with SIGKILL\. The end of .+kube-apiserver\.log:\n/ },
  );
  await t.rejects(plane.stop(), { message: /^kube-apiserver ended with SIGKILL/ });
  t.same(await runningServers(plane.folder), [], 'the other servers are stopped');
});

t.test('what a killed process left running is ended by the next run', async (t) => {
  const options = {
    folder: path.join(temporaryFolder(), `${await endedPid()}-killed`),
    detached: true,
  };
  const left = await ControlPlane.start(options);
  left.api.close();
  await removeLeftovers();
  t.same(await runningServers(left.folder), []);
  await t.rejects(access(left.folder), { code: 'ENOENT' });
});

t.test('a flag that the API server does not know fails the start with its own words', async (t) => {
  const start = ControlPlane.start({ apiServerArgs: ['--no-such-flag'] });
  await t.rejects(start, { message: /unknown flag: --no-such-flag/ });
});

t.test('a detached control plane keeps its objects from one start to the next', async (t) => {
  const options = { folder: t.testdir(), detached: true };
  t.teardown(() => stopControlPlane(options.folder));
  const first = await ControlPlane.start(options);
  t.match(await first.kubectl(['create', 'namespace', 'kept']), { code: 0 });
  await first.stop();
  const second = await ControlPlane.start(options);
  t.equal(second.server, first.server);
  t.match(await second.kubectl(['get', 'namespace', 'kept']), { code: 0 });
  await second.stop();
});
