import t, { type Test } from 'tap';
import { readCertificates } from '../../certs/inspect.ts';
import { ControlPlane } from './control-plane.ts';
import { callMeanwhile } from './support/calls.ts';
import { Replicas } from './support/replicas.ts';
import { until } from './until.ts';

const COUNT = 5;
const ROTATE = { metadata: { annotations: { 'zonekeeper.io/rotate-ca': 'true' } } };
/** A leader that is gone is replaced after 15 s. */
const PATIENCE = 90_000;

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());
const replicas = await Replicas.create(cluster);
t.teardown(() => replicas.kill());

const authorities = async () => readCertificates(await replicas.bundle());

/** Every call has to be answered while that happens. */
async function unnoticed(t: Test, happen: () => Promise<void>): Promise<void> {
  const { answered, failures } = await callMeanwhile(cluster, happen);
  t.strictSame(failures, []);
  t.ok(answered > 0);
}

/** Resolves when the rotation that was asked for has come to that phase. */
async function phase(name: 'published' | 'switched' | 'dropped', old: string): Promise<void> {
  await until(
    `a CA that is ${name}`,
    async () => {
      const files = await replicas.files();
      const published = files['ca.crt'] ?? '';
      if (name === 'published') return files['next-ca.key'] !== undefined;
      if (name === 'switched') return !published.startsWith(old);
      return !(await replicas.bundle()).includes(old) && !published.includes(old);
    },
    PATIENCE,
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
  await unnoticed(t, async () => {
    await replicas.patchSecret(ROTATE);
    await phase('dropped', old);
  });
  t.equal((await authorities()).length, 1);
  t.notOk((await replicas.files())['next-ca.key']);
  await replicas.ready();
});

for (const name of ['published', 'switched'] as const) {
  t.test(
    `a leader that is killed when the new CA is ${name} leaves nothing half done`,
    async (t) => {
      const old = await replicas.bundle();
      const leader = await replicas.harmlessLeader();
      await unnoticed(t, async () => {
        await replicas.patchSecret(ROTATE);
        await phase(name, old);
        await replicas.killOne(leader);
        await phase('dropped', old);
      });
      t.equal((await authorities()).length, 1);
      await replicas.start(leader);
    },
  );
}

t.test(
  'a leader that is frozen in a rotation is replaced, and does no harm when it goes on',
  async (t) => {
    const old = await replicas.bundle();
    const leader = await replicas.harmlessLeader();
    await unnoticed(t, async () => {
      await replicas.patchSecret(ROTATE);
      await phase('published', old);
      replicas.signal(leader, 'SIGSTOP');
      await phase('dropped', old);
      replicas.signal(leader, 'SIGCONT');
      await replicas.ready();
    });
    t.not(await replicas.leader(), leader);
    t.equal((await authorities()).length, 1);
  },
);

t.test(
  'a Secret that is deleted or filled with rubbish heals without a call that fails',
  async (t) => {
    const bundle = await replicas.bundle();
    const rubbish = Buffer.from('rubbish').toString('base64');
    for (const harm of [
      () => replicas.deleteSecret(),
      () => replicas.patchSecret({ data: { 'tls.crt': '' } }),
      () => replicas.patchSecret({ data: { 'ca.crt': rubbish, 'ca.key': rubbish } }),
    ]) {
      await unnoticed(t, async () => {
        await harm();
        await until('a good Secret', async () => {
          const files = await replicas.files().catch(() => undefined);
          return (
            files?.['ca.crt'] === bundle && readCertificates(files['tls.crt'] ?? '').length === 1
          );
        });
        await replicas.ready();
      });
    }
    t.equal(await replicas.bundle(), bundle);
  },
);

t.test('a caBundle that is emptied or replaced by hand heals', async (t) => {
  const bundle = await replicas.bundle();
  for (const wrong of ['', bundle + bundle]) {
    await replicas.setBundle(wrong);
    await until('the bundle', async () => (await replicas.bundle()) === bundle);
  }
  await replicas.ready();
  await unnoticed(t, () => replicas.ready());
});
