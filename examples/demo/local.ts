import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fastJsonPatch from 'fast-json-patch';
import {
  type AdmissionResponse,
  callWebhook,
  type Webhook,
} from '../../test/support/admission-client.ts';
import { type Fields, fields } from '../../test/support/api-server/defaults.ts';
import {
  applied,
  appliedOver,
  reviewOfCreate,
  reviewOfUpdate,
  stored,
} from '../../test/support/api-server/review.ts';
import { ServerProcess } from '../../test/support/webhook-process.ts';
import { NODE_FLAGS } from '../../webhook/image/webhook-image.ts';
import { annotated, EXAMPLE, exampleSet, readable } from './example.ts';
import { difference, heading, paint } from './paint.ts';

type Print = (text: string) => void;

/** The bundled webhook on loopback, and the reviews that an API server would send it for the example. */
export async function localDemo(print: Print): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zonekeeper-demo-'));
  const started = performance.now();
  const args = ['--local', '--port=0', '--ops-port=0', `--cert-dir=${folder}`];
  const server = await ServerProcess.start({
    command: [process.execPath, ...NODE_FLAGS],
    args: ['dist/bundle/webhook.mjs', ...args],
  });
  try {
    await server.ready();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    print(heading('1. The webhook runs'));
    print(
      `https://127.0.0.1:${server.port}/mutate, with a certificate of its own, after ${seconds} s`,
    );
    const ca = await readFile(path.join(folder, 'ca.crt'), 'utf8');
    await tour(print, { port: server.port, ca });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function tour(print: Print, webhook: Webhook): Promise<void> {
  const example = await exampleSet();
  const live = await create(print, webhook, example);
  await applyAgain(print, webhook, example, live);
  await slips(print, webhook, example);
  print(heading('What to do next'));
  print(
    'helm install zonekeeper charts/zonekeeper --namespace zonekeeper --create-namespace --wait',
  );
  print(`npm run -s zonekeeper -- inject -f ${EXAMPLE} --diff    the same on files`);
  print('npm run demo -- --cluster    the same on a real control plane, with kubectl and helm');
  print('docs/annotations.md, docs/messages.md, docs/operations.md');
}

async function create(print: Print, webhook: Webhook, example: Fields): Promise<Fields> {
  print(heading(`2. kubectl apply -f ${EXAMPLE}`));
  const object = applied(example);
  const response = await ask(webhook, reviewOfCreate(object));
  const injected = patched(object, response);
  print(difference(readable(object), readable(injected)));
  say(print, response);
  return stored(injected);
}

async function applyAgain(
  print: Print,
  webhook: Webhook,
  example: Fields,
  live: Fields,
): Promise<void> {
  print(heading('3. The same manifest again: it names no class, yet nothing changes'));
  const arriving = appliedOver(live, example);
  const result = patched(arriving, await ask(webhook, reviewOfUpdate(arriving, live)));
  const spec = fields(result.spec);
  const same = isDeepStrictEqual(spec.template, fields(live.spec).template);
  const [claim] = spec.volumeClaimTemplates as readonly Fields[];
  const className = fields(claim?.spec).storageClassName;
  print(
    `pod template: ${same ? paint('green', 'unchanged, no pod restarts') : paint('red', 'changed')}`,
  );
  print(`claim template: class ${paint('green', String(className))} carried over`);
}

/** A slip in a key is told, a slip in a value refused, and what may be its cause is told with it. */
async function slips(print: Print, webhook: Webhook, example: Fields): Promise<void> {
  const misspelt = { 'zonekeeper.io/inject': 'true', 'zonekeeper.io/profil': 'databases' };
  const malformed = { ...misspelt, 'zonekeeper.io/fast-failover': '1h' };
  for (const annotations of [misspelt, malformed]) {
    const entries = Object.entries(annotations).map(([key, value]) => `${key}: "${value}"`);
    print(heading(`4. The same set with ${entries.slice(1).join(' and ')}`));
    say(print, await ask(webhook, reviewOfCreate(applied(annotated(example, annotations)))));
  }
}

async function ask(webhook: Webhook, review: Fields): Promise<AdmissionResponse> {
  const { status, body } = await callWebhook(webhook, review);
  if (body.response === undefined)
    throw new Error(`the webhook answered ${status}: ${body.message}`);
  return body.response;
}

function patched(object: Fields, { patch }: AdmissionResponse): Fields {
  const operations = patch === undefined ? [] : JSON.parse(Buffer.from(patch, 'base64').toString());
  return fastJsonPatch.applyPatch(object, operations, true, false).newDocument;
}

function say(print: Print, { allowed, status, warnings = [] }: AdmissionResponse): void {
  for (const warning of warnings) print(paint('yellow', `Warning: ${warning}`));
  if (!allowed) print(paint('red', `refused: ${status?.message}`));
  else if (warnings.length === 0) print('accepted without a warning');
}
