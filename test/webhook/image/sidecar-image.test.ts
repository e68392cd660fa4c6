import t from 'tap';
import { SIDECAR_REPOSITORY } from '../../../webhook/core/sidecar-settings.ts';
import { SIDECAR, sidecarImage } from '../../../webhook/image/sidecar-image.ts';
import { VERSION } from '../../../webhook/version.ts';
import { run } from '../../support/run.ts';
import { instruction } from './support/dockerfile.ts';

const skip = process.platform === 'linux' ? false : 'images are made on Linux';

t.test('the image holds the sidecar and nothing of the webhook', { skip }, async (t) => {
  const bundle = t.testdir({
    'webhook.mjs': '',
    chunks: { 'lib.mjs': '' },
    'sidecar.cjs': '',
    'sidecar.cjs.map': '',
    sidecar: { 'verifier.cjs': '' },
  });
  const { layers, name } = await sidecarImage({ node: process.execPath, bundle });
  t.equal(name, `docker.io/${SIDECAR_REPOSITORY}:${VERSION}`, 'what is injected by default');
  const [, app] = layers.map((layer) => layer.map(({ path }) => path));
  t.strictSame(app?.toSorted(), ['/app/sidecar.cjs', '/app/sidecar/verifier.cjs']);
});

t.test('the Dockerfile makes the same image', async (t) => {
  const { config } = SIDECAR;
  t.strictSame(JSON.parse(await instruction('sidecar', 'ENTRYPOINT')), config.Entrypoint);
  t.equal(await instruction('sidecar', 'USER'), config.User);
  t.equal(await instruction('sidecar', 'WORKDIR'), config.WorkingDir);
  t.equal(await instruction('sidecar', 'EXPOSE'), '9809');
});

t.test('Node.js knows its flags, and leaves the arguments to the sidecar', async (t) => {
  const [, ...args] = SIDECAR.config.Entrypoint ?? [];
  const local = args.map((arg) => (arg === '/app/sidecar.cjs' ? 'sidecar/main.ts' : arg));
  const command = [...local, '--env-file=/nonexistent/app.env', '--nonsense'];
  const { code, stderr } = await run(process.execPath, command);
  t.equal(code, 2);
  t.match(stderr, /ZK841 --nonsense is no flag/);
});
