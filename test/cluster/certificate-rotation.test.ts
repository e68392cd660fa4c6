import { X509Certificate } from 'node:crypto';
import t from 'tap';
import { isSignedBy, readCertificates } from '../../certs/inspect.ts';
import { issueAuthority } from '../../certs/issue.ts';
import { readState } from '../../certs/state.ts';
import { ControlPlane } from './control-plane.ts';
import { Replicas } from './support/replicas.ts';
import { askForRotation, unnoticed, untilPhase } from './support/rotation.ts';
import { until } from './until.ts';

const COUNT = 5;

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());
const replicas = await Replicas.create(cluster);
t.teardown(() => replicas.kill());

const authorities = async () => readCertificates(await replicas.bundle());

/** Files as the data of a Secret. */
function encoded(files: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(files);
  return Object.fromEntries(
    entries.map(([name, text]) => [name, Buffer.from(text).toString('base64')]),
  );
}

t.test('replicas that start at once, with no Secret, are all ready with one CA', async (t) => {
  await Promise.all(Array.from({ length: COUNT }, (_, index) => replicas.start(index)));
  t.equal((await authorities()).length, 1);
  await until('agreement', () => replicas.all('zonekeeper_ca_bundle_in_sync', 1));
  t.ok(await replicas.all('zonekeeper_missing_permissions', 0));
});

t.test('a CA is replaced without a call that fails', async (t) => {
  const old = await replicas.bundle();
  await unnoticed(t, cluster, async () => {
    await askForRotation(replicas);
    await untilPhase(replicas, 'dropped', old);
  });
  t.equal((await authorities()).length, 1);
  t.notOk((await replicas.files())['next-ca.key']);
  await replicas.ready();
});

t.test(
  'a leader that is frozen in a rotation is replaced, and does no harm when it goes on',
  async (t) => {
    const old = await replicas.bundle();
    const leader = await replicas.harmlessLeader();
    await unnoticed(t, cluster, async () => {
      await askForRotation(replicas);
      await untilPhase(replicas, 'published', old);
      replicas.signal(leader, 'SIGSTOP');
      await untilPhase(replicas, 'dropped', old);
      replicas.signal(leader, 'SIGCONT');
      await replicas.ready();
    });
    t.not(await replicas.leader(), leader);
    t.equal((await authorities()).length, 1);
  },
);

t.test('a Secret that is deleted or damaged heals without a call that fails', async (t) => {
  const bundle = await replicas.bundle();
  const whole = await replicas.files();
  const cut = (name: string) => encoded({ [name]: whole[name]?.slice(0, 200) ?? '' });
  const rubbish = encoded({ 'ca.crt': 'rubbish', 'ca.key': 'rubbish' });
  const harms = [
    encoded({ 'tls.crt': '' }),
    cut('tls.crt'),
    cut('tls.key'),
    cut('ca.crt'),
    rubbish,
  ];
  for (const harm of [
    () => replicas.deleteSecret(),
    ...harms.map((data) => () => replicas.patchSecret({ data })),
  ]) {
    await unnoticed(t, cluster, async () => {
      await harm();
      await until('a good Secret', async () => {
        const files = await replicas.files().catch(() => undefined);
        return files?.['ca.crt'] === bundle && readState(files).leaf !== undefined;
      });
      await replicas.ready();
    });
  }
  t.equal(await replicas.bundle(), bundle);
});

t.test(
  'a Secret that is filled with another CA: all follow it, and calls are answered',
  async (t) => {
    const issuance = { now: Date.now(), lifetime: 365 * 24 * 60 * 60_000 };
    const other = await issueAuthority(issuance);
    await replicas.patchSecret({ data: encoded({ 'ca.crt': other.cert, 'ca.key': other.key }) });
    await until('its caBundle', async () => (await replicas.bundle()) === other.cert);
    await replicas.ready();
    const { leaf } = readState(await replicas.files());
    t.ok(leaf && isSignedBy(leaf.cert, new X509Certificate(other.cert)));
    await unnoticed(t, cluster, () => replicas.ready());
  },
);

t.test('a caBundle that is emptied or replaced by hand heals', async (t) => {
  const bundle = await replicas.bundle();
  const other = await issueAuthority({ now: Date.now(), lifetime: 60 * 60_000 });
  for (const wrong of ['', bundle + bundle, other.cert]) {
    await replicas.setBundle(wrong);
    await until('the bundle', async () => (await replicas.bundle()) === bundle);
  }
  await replicas.ready();
  await unnoticed(t, cluster, () => replicas.ready());
});
