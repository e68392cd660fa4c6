import { loadavg } from 'node:os';
import t from 'tap';
import { readCertificates } from '../../certs/inspect.ts';
import { NODE_FLAGS } from '../../webhook/image/webhook-image.ts';
import { run } from '../support/run.ts';
import { ControlPlane } from './control-plane.ts';
import { Replicas } from './support/replicas.ts';

const bundled = await run(process.execPath, ['bundle.ts']);
if (bundled.code !== 0) throw new Error(bundled.stderr);

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());

for (const count of [1, 3, 5]) {
  t.test(
    `${count} of the image's webhooks start at once with no Secret: one CA, all ready`,
    async (t) => {
      const replicas = await Replicas.create(cluster, {
        name: `first-${count}`,
        program: [...NODE_FLAGS, 'dist/bundle/webhook.mjs'],
      });
      t.teardown(() => replicas.kill());
      const began = performance.now();
      await Promise.all(Array.from({ length: count }, (_, index) => replicas.start(index)));
      const seconds = (performance.now() - began) / 1000;
      const cpu = await replicas.cpuSeconds();
      const load = loadavg()[0] ?? 0;
      t.comment(
        `${seconds.toFixed(1)} s, of which ${cpu.toFixed(1)} s of CPU; load ${load.toFixed(1)}`,
      );
      const bundle = await replicas.bundle();
      t.equal(readCertificates(bundle).length, 1);
      t.equal((await replicas.files())['ca.crt'], bundle);
      await replicas.ready();
    },
  );
}
