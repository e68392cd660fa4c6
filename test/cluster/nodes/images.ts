import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import path from 'node:path';
import { archiveOf, type Image } from '../../../webhook/image/archive.ts';
import { programEntries } from '../../../webhook/image/program.ts';
import { sidecarImage } from '../../../webhook/image/sidecar-image.ts';
import type { Entry } from '../../../webhook/image/tar.ts';
import { webhookImage } from '../../../webhook/image/webhook-image.ts';
import { run } from '../../support/run.ts';
import type { SystemTools } from './system-tools.ts';

/** The first container of every Pod. */
export const PAUSE_IMAGE = 'zonekeeper.test/pause:1';

/** A shell with the usual small commands, for applications of the tests. */
export const BUSYBOX_IMAGE = 'zonekeeper.test/busybox:1';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const architecture = arch() === 'x64' ? 'amd64' : arch();

export type ImageSources = {
  /** The folder with `pause`. */
  readonly nodeTools: string;
  readonly systemTools: SystemTools;
};

/** Writes the archives of all images into a folder: those of the tests, and zonekeeper's from the sources of this tree. */
export async function writeImages(folder: string, sources: ImageSources): Promise<void> {
  const bundled = await run(process.execPath, ['bundle.ts'], { cwd: ROOT });
  if (bundled.code !== 0) throw new Error(`bundle.ts failed: ${bundled.stderr}`);
  const bundle = path.join(ROOT, 'dist', 'bundle');
  const images: Record<string, Image> = {
    pause: await pauseImage(sources),
    busybox: await busyboxImage(sources),
    zonekeeper: await webhookImage({ node: process.execPath, bundle }),
    'zonekeeper-sidecar': await sidecarImage({ node: process.execPath, bundle }),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, image] of Object.entries(images)) {
    await writeFile(path.join(folder, `${name}.tar`), await archiveOf(image));
  }
}

async function pauseImage({ nodeTools }: ImageSources): Promise<Image> {
  const content = await readFile(path.join(nodeTools, 'pause'));
  const layers = [[{ path: '/pause', mode: 0o755, content }]];
  return { name: PAUSE_IMAGE, architecture, config: { Entrypoint: ['/pause'] }, layers };
}

async function busyboxImage({ systemTools }: ImageSources): Promise<Image> {
  const { paths, libraryPath } = systemTools;
  const { stdout } = await run(paths.busybox, ['--list']);
  const commands = stdout.split('\n').filter((name) => name && name !== 'busybox');
  const layer: Entry[] = [
    { path: '/tmp', folder: true, mode: 0o1777 },
    { path: '/etc/passwd', content: Buffer.from('root:x:0:0::/:/bin/sh\n') },
    ...commands.map((name) => ({ path: `/bin/${name}`, link: 'busybox' })),
    ...(await programEntries(paths.busybox, '/bin/busybox', libraryPath)),
  ];
  const config = { Env: ['PATH=/bin'], Cmd: ['/bin/sh'] };
  return { name: BUSYBOX_IMAGE, architecture, config, layers: [layer] };
}
