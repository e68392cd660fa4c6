import { mkdir, readdir, readFile } from 'node:fs/promises';
import { arch } from 'node:os';
import path from 'node:path';
import { run } from './run.ts';

/** Names this release and machine: packages of one release do not run on another. */
export async function systemName(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const [, name = 'unknown'] = /^VERSION_CODENAME=(\S+)$/m.exec(release) ?? [];
  return `${name}-${arch()}`;
}

/** Folders of libraries below a folder that packages were unpacked in. */
export async function libraryFolders(root: string): Promise<string[]> {
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

/**
 * Unpacks packages of this Debian (or a system made from it) in a folder, with those they need that the system lacks. They are
 * downloaded with lists of their own, so that neither the system's lists nor its packages change.
 */
export async function unpackPackages(packages: readonly string[], root: string): Promise<void> {
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
