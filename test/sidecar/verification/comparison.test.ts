import t from 'tap';
import { startAzure, VAULT } from '../../support/azure/azure.ts';
import { scratch } from '../../support/scratch.ts';
import { podFolder } from '../../support/sidecar-process.ts';
import { startContainer, startPod } from '../support/container.ts';

t.setTimeout(120_000);

const compare = (path: string) => ['--verify', `--object=${VAULT}/secrets/a=${path}/a`];

t.test('what Key Vault holds decides between fresh and drifted', async (t) => {
  const { vault, credentials } = await startAzure(t);
  vault.setSecret('a', '1');
  const { args, mount } = podFolder(scratch(t));
  mount.write({ a: '1' });
  const { until, container } = startContainer(t, [...args, ...compare(mount.path)], credentials);
  const fresh = await until(({ state }) => state === 'fresh');
  t.match(fresh, { objects: [{ path: `${mount.path}/a`, state: 'fresh', code: 'ZK850' }] });
  t.match(container.metrics(), 'objects{state="fresh"} 1');
  mount.write({ a: '2' });
  t.match(await until(({ state }) => state !== 'fresh'), { state: 'unknown', ready: true });
  mount.write({ a: '1' });
  await until(({ state }) => state === 'fresh');
});

t.test('a drift is told, and the application keeps what it has', async (t) => {
  const { vault, credentials } = await startAzure(t);
  vault.setSecret('a', 'newer');
  const { args, mount } = podFolder(scratch(t));
  mount.write({ a: '1' });
  const { until, lines } = startContainer(t, [...args, ...compare(mount.path)], credentials);
  t.match(await until(({ state }) => state === 'drifted'), {
    reason: { code: 'ZK851', message: /^ZK851 / },
    environment: { current: true },
  });
  t.match(lines.at(-1), { level: 'warn', msg: 'state', state: 'drifted' });
  t.notMatch(JSON.stringify(lines), 'newer');
});

t.test('without an identity nothing is asked, and the reason is told', async (t) => {
  const { args, mount } = podFolder(scratch(t));
  mount.write({ a: '1' });
  const { until } = startContainer(t, [...args, ...compare(mount.path)]);
  const status = await until(({ objects }) => objects.length > 0);
  t.match(status, { state: 'unknown', ready: true, objects: [{ state: 'unknown' }] });
});

t.test('a clock that is set does not keep the next round away', async (t) => {
  const { vault, credentials } = await startAzure(t);
  vault.setSecret('a', '1');
  const pod = startPod(t, [], scratch(t));
  pod.stop();
  const { until, clock } = startContainer(
    t,
    [...pod.args, ...compare(pod.mount.path)],
    credentials,
  );
  await until(({ state }) => state === 'fresh');
  clock.wall = -1e9;
  vault.setSecret('a', 'newer');
  pod.mount.write({ a: 'other' }); // Wakes the loop, which begins anew and asks at once.
  await until(({ state }) => state === 'drifted');
});
