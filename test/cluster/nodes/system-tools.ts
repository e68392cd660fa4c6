import { mkdir, readdir, readFile } from 'node:fs/promises';
import { arch } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../support/cache.ts';
import { run } from '../../support/run.ts';
import { isExecutable, type Unavailable } from '../binaries.ts';
import { makeFolder } from '../go-build.ts';

/** What is not written in Go alone, and the Debian package of each. */
const PACKAGES = { runc: 'runc', nft: 'nftables', busybox: 'busybox-static' } as const;
type Tool = keyof typeof PACKAGES;
const TOOLS = Object.keys(PACKAGES) as Tool[];

export type SystemTools = {
  readonly paths: Readonly<Record<Tool, string>>;
  /** Folders of libraries that they need besides those of the system, separated by colons; may be empty. */
  readonly libraryPath: string;
};

/**
 * Finds runc, nft and busybox: on PATH, else in packages of this Debian (or a system made from it), which are
 * downloaded once and unpacked in the cache. Nothing is installed.
 */
export async function findSystemTools(
  env: NodeJS.ProcessEnv = process.env,
  log: (line: string) => void = () => {},
): Promise<SystemTools | Unavailable> {
  const root = path.join(cacheFolder(env), 'debian', await systemName());
  const missing = missingOf(await locate(root, env));
  if (missing.length > 0) {
    log(`downloading the packages of ${missing.join(', ')}, once`);
    try {
      await makeFolder(root, (unfinished) => unpack(missing, unfinished));
    } catch (error) {
      return { unavailable: `there is no ${missing.join(' and no ')} on PATH, and ${error}` };
    }
  }
  const paths = await locate(root, env);
  const still = missingOf(paths);
  if (still.length > 0) return { unavailable: `${root} has no ${still.join(' and no ')}` };
  return { paths: paths as SystemTools['paths'], libraryPath: (await libraries(root)).join(':') };
}

/** Packages of one release do not run on another. */
async function systemName(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const [, name = 'unknown'] = /^VERSION_CODENAME=(\S+)$/m.exec(release) ?? [];
  return `${name}-${arch()}`;
}

async function locate(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<Partial<SystemTools['paths']>> {
  const unpacked = ['usr/sbin', 'usr/bin', 'sbin', 'bin'].map((name) => path.join(root, name));
  const folders = [...(env.PATH ?? '').split(':'), ...unpacked];
  const found: Partial<Record<Tool, string>> = {};
  for (const tool of TOOLS) {
    for (const file of folders.map((folder) => path.join(folder, tool))) {
      if (!found[tool] && (await isExecutable(file))) found[tool] = file;
    }
  }
  return found;
}

function missingOf(found: Partial<SystemTools['paths']>): Tool[] {
  return TOOLS.filter((tool) => found[tool] === undefined);
}

async function libraries(root: string): Promise<string[]> {
  const parents = ['usr/lib', 'lib'].map((name) => path.join(root, name));
  const folders = await Promise.all(
    parents.map(async (parent) =>
      (await readdir(parent).catch(() => []))
        .filter((name) => name.includes('-linux-'))
        .map((name) => path.join(parent, name)),
    ),
  );
  return folders.flat();
}

/** Downloads with lists of its own, so that neither the system's lists nor its packages change. */
async function unpack(tools: readonly Tool[], root: string): Promise<void> {
  const state = path.join(root, 'apt');
  for (const folder of ['lists/partial', 'cache/archives/partial']) {
    await mkdir(path.join(state, folder), { recursive: true });
  }
  const own = [
    `Dir::State::Lists=${state}/lists`,
    `Dir::Cache=${state}/cache`,
    'Dir::Cache::pkgcache=',
    'Dir::Cache::srcpkgcache=',
    'Debug::NoLocking=true',
    'APT::Sandbox::User=root',
    'APT::Keep-Downloaded-Packages=true',
  ].flatMap((option) => ['-o', option]);
  // One source of several may fail; whether the packages were had is what counts.
  await run('apt-get', [...own, 'update'], { timeout: 5 * 60_000 });
  const packages = tools.map((tool) => PACKAGES[tool]);
  const only = ['--yes', '--download-only', '--no-install-recommends', 'install'];
  await succeed('apt-get', [...own, ...only, ...packages]);
  const archives = path.join(state, 'cache', 'archives');
  for (const file of (await readdir(archives)).filter((name) => name.endsWith('.deb'))) {
    await succeed('dpkg', ['--extract', path.join(archives, file), root]);
  }
}

async function succeed(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await run(command, args, { timeout: 5 * 60_000 });
  if (code !== 0) throw new Error(`${command} ended with code ${code}: ${stderr || stdout}`);
}
