import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.ts';
import { run } from './run.ts';

/** Programs that Go builds once from a module of these tests. */
export type GoPrograms = {
  /** The folder of the module. */
  readonly module: string;
  /** Files of the module that decide what is built. */
  readonly sources: readonly string[];
  /** The module whose version is that of the programs. */
  readonly pinned: string;
  /** The folder of the cache in which they are kept. */
  readonly name: string;
};

/** Where programs are or shall be, and of what version. A changed source has another folder: no stale one is ever used. */
export async function builtFolder(
  { module, sources, pinned, name }: GoPrograms,
  env: NodeJS.ProcessEnv,
): Promise<{ folder: string; version: string }> {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(await readFile(path.join(module, source)));
  const pins = await readFile(path.join(module, 'go.mod'), 'utf8');
  const version = new RegExp(`${pinned} (?<version>v\\S+)`).exec(pins)?.groups?.version;
  if (!version) throw new Error(`${module}/go.mod requires no ${pinned}`);
  const folder = `${version}-${hash.digest('hex').slice(0, 12)}`;
  return { folder: path.join(cacheFolder(env), name, folder), version };
}

export async function hasGo(env: NodeJS.ProcessEnv): Promise<boolean> {
  return run('go', ['version'], { env }).then(
    ({ code }) => code === 0,
    () => false,
  );
}

/** Makes a folder that is there complete or not at all, whoever else makes it at the same time. */
export async function makeFolder(
  folder: string,
  fill: (unfinished: string) => Promise<void>,
): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await fill(unfinished);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** `go build` with these arguments in a module; the programs are static and hold no path of this machine. */
export async function goBuild(module: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await run('go', ['build', '-trimpath', '-buildvcs=false', ...args], {
    cwd: module,
    env: { CGO_ENABLED: '0', GOWORK: 'off' },
    timeout: 30 * 60_000,
  });
  if (code !== 0) throw new Error(`go build in ${module} ended with code ${code}:\n${stderr}`);
}
