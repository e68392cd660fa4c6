import { readFile } from 'node:fs/promises';
import t from 'tap';
import { CONFIG, NAME, webhookImage } from '../../../webhook/image/webhook-image.ts';
import { one, render } from '../../support/chart.ts';

const skip = process.platform === 'linux' ? false : 'images are made on Linux';

t.test('the image holds Node.js and the programs, and runs the webhook', { skip }, async (t) => {
  const bundle = t.testdir({
    'webhook.mjs': '',
    'webhook.mjs.map': '',
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
  t.match(CONFIG.User, /^[1-9]\d*:[1-9]\d*$/);
});

t.test('the chart asks for the image by the name it has', async (t) => {
  type Deployment = { spec: { template: { spec: { containers: { image: string }[] } } } };
  const { spec } = one<Deployment>(await render(), 'Deployment');
  t.equal(spec.template.spec.containers[0]?.image, NAME.replace('docker.io/', ''));
});

t.test('the Dockerfile makes the same image', async (t) => {
  const file = await readFile(
    new URL('../../../webhook/image/Dockerfile', import.meta.url),
    'utf8',
  );
  const instruction = (name: string): string =>
    file
      .split('\n')
      .findLast((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1) ?? '';
  t.strictSame(JSON.parse(instruction('ENTRYPOINT')), CONFIG.Entrypoint);
  t.equal(instruction('USER'), CONFIG.User);
  t.equal(instruction('WORKDIR'), CONFIG.WorkingDir);
  t.strictSame(
    instruction('EXPOSE').split(' '),
    Object.keys(CONFIG.ExposedPorts ?? {}).map((port) => port.replace('/tcp', '')),
  );
});

t.test('the Dockerfile takes the Node.js that package.json pins', async (t) => {
  const root = new URL('../../../', import.meta.url);
  const file = await readFile(new URL('webhook/image/Dockerfile', root), 'utf8');
  const { devDependencies } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  t.equal(
    /^ARG NODE_IMAGE=.*node:(?<version>[\d.]+)/m.exec(file)?.groups?.version,
    devDependencies.node,
  );
});
