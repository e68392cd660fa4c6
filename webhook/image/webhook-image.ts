import { readdir, readFile } from 'node:fs/promises';
import { arch } from 'node:os';
import path from 'node:path';
import { VERSION } from '../version.ts';
import type { ContainerConfig, Image } from './archive.ts';
import { programEntries } from './program.ts';
import type { Entry } from './tar.ts';

/** What the chart asks for unless its values say otherwise, as nodes complete a name without a registry. */
export const NAME = `docker.io/zonekeeper/zonekeeper:${VERSION}`;

/** A number, because `runAsNonRoot` cannot judge a name. */
const USER = '65532';

/** What a container of the webhook runs; the Dockerfile says the same. The chart adds arguments. */
export const CONFIG: ContainerConfig = {
  User: `${USER}:${USER}`,
  WorkingDir: '/app',
  Env: ['PATH=/usr/bin', 'NODE_ENV=production'],
  Entrypoint: ['/usr/bin/node', '--max-semi-space-size=8', '/app/webhook.mjs'],
  ExposedPorts: { '8443/tcp': {}, '8444/tcp': {} },
  Labels: {
    'org.opencontainers.image.title': 'zonekeeper',
    'org.opencontainers.image.version': VERSION,
    'org.opencontainers.image.licenses': 'Apache-2.0',
  },
};

export interface WebhookImageOptions {
  /** The Node.js of the image. */
  readonly node: string;
  /** Folder of the bundled programs. */
  readonly bundle: string;
}

/** The webhook on the Node.js and the C library of this machine; no shell, no package, nothing that is not run. */
export async function webhookImage({ node, bundle }: WebhookImageOptions): Promise<Image> {
  return {
    name: NAME,
    architecture: arch() === 'x64' ? 'amd64' : arch(),
    config: CONFIG,
    layers: [[...SYSTEM, ...(await programEntries(node, '/usr/bin/node'))], await app(bundle)],
  };
}

const SYSTEM: readonly Entry[] = [
  { path: '/tmp', folder: true, mode: 0o1777 },
  { path: '/etc/group', content: Buffer.from(`root:x:0:\nnonroot:x:${USER}:\n`) },
  {
    path: '/etc/passwd',
    content: Buffer.from(`root:x:0:0::/:/\nnonroot:x:${USER}:${USER}::/tmp:/\n`),
  },
];

async function app(bundle: string): Promise<Entry[]> {
  const all = await readdir(bundle, { recursive: true });
  const files = all.filter((file) => file.endsWith('.mjs'));
  if (!files.includes('webhook.mjs')) throw new Error(`There is no webhook.mjs in ${bundle}`);
  return Promise.all(
    files.map(async (file) => ({
      path: path.posix.join('/app', file),
      content: await readFile(path.join(bundle, file)),
    })),
  );
}
