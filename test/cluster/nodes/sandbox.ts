import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../support/cache.ts';
import { run } from '../../support/run.ts';
import type { Unavailable } from '../binaries.ts';
import { removeCgroup } from './cgroups.ts';

/** Names the folder of the sandbox to the processes in it. */
export const SANDBOX = 'ZONEKEEPER_SANDBOX';

/** What makes nodes, of util-linux and iproute2. */
const PROGRAMS = ['unshare', 'nsenter', 'setpriv', 'mount', 'ip'];

const NAMESPACES = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

const sandboxesFolder = (): string => path.join(cacheFolder(), 'sandbox');

/** The control group of all that runs on nodes of this sandbox. */
export const cgroupOf = (folder: string): string => `/zonekeeper-${path.basename(folder)}`;

/** Where the archives of the images for its nodes are. */
export const imagesOf = (folder: string): string => path.join(folder, 'images');

/** The folder of the sandbox in which this process runs. */
export function sandboxFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env[SANDBOX];
  if (folder) return folder;
  throw new Error('These tests run in a sandbox only: npm run test:cluster -- --nodes');
}

/** Why no sandbox can be made on this machine; undefined if it can. */
export async function lacksSandbox(): Promise<Unavailable | undefined> {
  if (process.platform !== 'linux') return { unavailable: 'nodes need Linux' };
  if (process.getuid?.() !== 0) return { unavailable: 'nodes need root' };
  for (const program of PROGRAMS) {
    const found = await run(program, ['--version']).catch(() => undefined);
    if (!found) return { unavailable: `there is no ${program} on PATH` };
  }
  const { code, stderr } = await run('unshare', [...NAMESPACES, 'true']);
  if (code === 0) return undefined;
  return { unavailable: `namespaces cannot be made here (${stderr.trim()})` };
}

/** A folder for the sandbox that this process is about to make. */
export async function newSandboxFolder(): Promise<string> {
  const folder = path.join(sandboxesFolder(), String(process.pid));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * The command line that runs a command in a network, a process tree and a table of mounts of its own. Whatever the command
 * starts there ends with it, and it ends with this process, however that ends: the kernel sees to it.
 */
export function inSandbox(command: readonly string[]): readonly string[] {
  // The shell stays as first process of the sandbox, which has to collect orphans.
  const first = ['sh', '-c', '"$@"; exit $?', 'sh'];
  return ['setpriv', '--pdeathsig', 'KILL', 'unshare', ...NAMESPACES, ...first, ...command];
}

/** Removes what a sandbox leaves behind once its last process has ended; the kernel keeps nothing else of it. */
export async function removeSandbox(folder: string): Promise<void> {
  await removeCgroup(cgroupOf(folder));
  await rm(folder, { recursive: true, force: true });
}

/** Does so for the sandboxes of runs that were killed. */
export async function removeLeftSandboxes(): Promise<void> {
  const names = await readdir(sandboxesFolder()).catch(() => []);
  for (const name of names.filter((pid) => !isRunning(Number(pid)))) {
    await removeSandbox(path.join(sandboxesFolder(), name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
