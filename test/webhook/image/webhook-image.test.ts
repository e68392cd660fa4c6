import { readFile } from 'node:fs/promises';
import t from 'tap';
import { WEBHOOK, webhookImage } from '../../../webhook/image/webhook-image.ts';
import { one, render } from '../../support/chart.ts';
import { dockerfile, instruction } from './support/dockerfile.ts';

const skip = process.platform === 'linux' ? false : 'images are made on Linux';

t.test('the image holds Node.js and its programs, and runs the webhook', { skip }, async (t) => {
  const bundle = t.testdir({
    'webhook.mjs': '',
    'webhook.mjs.map': '',
    'sidecar.mjs': '',
    sidecar: { 'lib.mjs': '' },
    chunks: { 'lib.mjs': '', 'lib.mjs.map': '' },
  });
  const { layers, config } = await webhookImage({ node: process.execPath, bundle });
  const [system, app] = layers.map((layer) => layer.map(({ path }) => path));
  t.strictSame(app?.toSorted(), ['/app/chunks/lib.mjs', '/app/webhook.mjs']);
  const [node, ...args] = config.Entrypoint ?? [];
  t.ok(system?.includes(node ?? ''));
  t.equal(args.at(-1), '/app/webhook.mjs');
  t.notOk(
    system?.some((path) => /\/(?:ba|da)?sh$/.test(path)),
    'no shell',
  );
});

t.test('without a bundle there is no image', { skip }, async (t) => {
  await t.rejects(webhookImage({ node: process.execPath, bundle: t.testdir({}) }), {
    message: /no webhook\.mjs in/,
  });
});

t.test('its user is a number that is not root’s', async (t) => {
  t.match(WEBHOOK.config.User, /^[1-9]\d*:[1-9]\d*$/);
});

t.test('the chart asks for the image by the name it has', async (t) => {
  type Deployment = { spec: { template: { spec: { containers: { image: string }[] } } } };
  const { spec } = one<Deployment>(await render(), 'Deployment');
  t.equal(spec.template.spec.containers[0]?.image, WEBHOOK.name.replace('docker.io/', ''));
});

t.test('the Dockerfile makes the same image', async (t) => {
  const { config } = WEBHOOK;
  t.strictSame(JSON.parse(await instruction('webhook', 'ENTRYPOINT')), config.Entrypoint);
  t.equal(await instruction('webhook', 'USER'), config.User);
  t.equal(await instruction('webhook', 'WORKDIR'), config.WorkingDir);
  t.strictSame(
    (await instruction('webhook', 'EXPOSE')).split(' '),
    Object.keys(config.ExposedPorts ?? {}).map((port) => port.replace('/tcp', '')),
  );
});

t.test('the Dockerfile takes the Node.js that package.json pins', async (t) => {
  const manifest = new URL('../../../package.json', import.meta.url);
  const { devDependencies } = JSON.parse(await readFile(manifest, 'utf8'));
  t.equal(
    /^ARG NODE_IMAGE=.*node:(?<version>[\d.]+)/m.exec(await dockerfile())?.groups?.version,
    devDependencies.node,
  );
});
