import { readdir, readFile } from 'node:fs/promises';
import { arch } from 'node:os';
import path from 'node:path';
import { VERSION } from '../version.ts';
import type { ContainerConfig, Image } from './archive.ts';
import { programEntries } from './program.ts';
import type { Entry } from './tar.ts';

/** A bundled program and how its container runs. */
export interface NodeProgram {
  /** Registry, repository and tag of the image. */
  readonly name: string;
  /** The entry point in the folder of the bundles, such as `webhook.mjs`. */
  readonly main: string;
  /** Which files of that folder, by their path from there, go into the image. */
  readonly holds: (file: string) => boolean;
  readonly config: ContainerConfig;
}

export interface ImageOptions {
  /** The Node.js of the image. */
  readonly node: string;
  /** Folder of the bundled programs. */
  readonly bundle: string;
}

/** A number, because `runAsNonRoot` cannot judge a name. */
const USER = '65532';

/** What all containers have in common. The Dockerfile says the same. */
export function configOf(title: string, ports: readonly number[], entrypoint: readonly string[]) {
  return {
    User: `${USER}:${USER}`,
    WorkingDir: '/app',
    Env: ['PATH=/usr/bin', 'NODE_ENV=production'],
    Entrypoint: ['/usr/bin/node', ...entrypoint],
    ExposedPorts: Object.fromEntries(ports.map((port) => [`${port}/tcp`, {}])),
    Labels: {
      'org.opencontainers.image.title': title,
      'org.opencontainers.image.version': VERSION,
      'org.opencontainers.image.licenses': 'Apache-2.0',
    },
  } satisfies ContainerConfig;
}

/** The program on the Node.js and the C library of this machine; no shell, no package, nothing that is not run. */
export async function nodeImage(program: NodeProgram, options: ImageOptions): Promise<Image> {
  const { node, bundle } = options;
  const { name, config } = program;
  const system = [...SYSTEM, ...(await programEntries(node, '/usr/bin/node'))];
  const architecture = arch() === 'x64' ? 'amd64' : arch();
  return { name, architecture, config, layers: [system, await app(program, bundle)] };
}

const SYSTEM: readonly Entry[] = [
  { path: '/tmp', folder: true, mode: 0o1777 },
  { path: '/etc/group', content: Buffer.from(`root:x:0:\nnonroot:x:${USER}:\n`) },
  {
    path: '/etc/passwd',
    content: Buffer.from(`root:x:0:0::/:/\nnonroot:x:${USER}:${USER}::/tmp:/\n`),
  },
];

async function app({ main, holds }: NodeProgram, bundle: string): Promise<Entry[]> {
  const all = await readdir(bundle, { recursive: true });
  const files = all.filter((file) => /\.[cm]js$/.test(file) && holds(file));
  if (!files.includes(main)) throw new Error(`There is no ${main} in ${bundle}`);
  return Promise.all(
    files.map(async (file) => ({
      path: path.posix.join('/app', file),
      content: await readFile(path.join(bundle, file)),
    })),
  );
}
