import t from 'tap';
import { readCertificates } from '../../certs/inspect.ts';
import { ControlPlane } from './control-plane.ts';
import { Replicas } from './support/replicas.ts';
import { askForRotation, PHASES, unnoticed, untilPhase } from './support/rotation.ts';

const COUNT = 3;

t.setTimeout(600_000); // Eight rotations, in half of which a leader has to be missed first.

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());
const replicas = await Replicas.create(cluster);
t.teardown(() => replicas.kill());
await Promise.all(Array.from({ length: COUNT }, (_, index) => replicas.start(index)));

/** Neither the leader nor the first, which is called. */
async function follower(): Promise<number> {
  const leader = await replicas.harmlessLeader();
  return leader === 1 ? 2 : 1;
}

for (const phase of PHASES) {
  for (const [who, choose] of [
    ['the leader', () => replicas.harmlessLeader()],
    ['another', follower],
  ] as const) {
    t.test(`${who} is killed when a new CA is ${phase}: nothing is left half done`, async (t) => {
      const old = await replicas.bundle();
      const killed = await choose();
      await unnoticed(t, cluster, async () => {
        await askForRotation(replicas);
        await untilPhase(replicas, phase, old);
        await replicas.killOne(killed);
        await untilPhase(replicas, 'dropped', old);
        await replicas.ready();
      });
      const bundle = await replicas.bundle();
      t.equal(readCertificates(bundle).length, 1);
      const files = await replicas.files();
      t.equal(files['ca.crt'], bundle);
      t.notOk(files['next-ca.key']);
      await replicas.start(killed);
    });
  }
}
