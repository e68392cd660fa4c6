import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Payload, SecretMount } from '../../test/support/secret-mount.ts';
import { SIDECAR } from '../../webhook/image/sidecar-image.ts';

/** A program that brings a mount to an environment file. */
export interface Contender {
  readonly name: string;
  /** Its command line for such a folder. */
  readonly args: (folder: Folder) => readonly string[];
}

/** A mount of a benchmark, and the file that is made of it, in memory. */
export interface Folder {
  readonly mount: SecretMount;
  readonly file: string;
  readonly path: string;
}

const entrypoint = SIDECAR.config.Entrypoint?.slice(1) ?? [];
const flags = entrypoint.filter((word) => /^--./.test(word));
const floor = ({ mount, file }: Folder) => ['bench/sidecar/floor.cjs', mount.path, file];

export const FLOOR: Contender = { name: 'floor', args: floor };
export const FLOOR_WITH_FLAGS: Contender = {
  name: 'floor with the flags of the image',
  args: (folder) => [...flags, ...floor(folder)],
};

/** As the image runs it. */
export const ZONEKEEPER: Contender = {
  name: 'zonekeeper',
  args: ({ mount, file, path: folder }) => [
    ...entrypoint.map((word) => word.replace('/app/', 'dist/bundle/')),
    `--mount=${mount.path}`,
    `--auto=${mount.path}`,
    `--env-file=${file}`,
    `--status-file=${path.join(folder, 'status.json')}`,
    '--host=127.0.0.1',
    '--port=0',
  ],
};

/** Twenty secrets of 1 kB; every generation differs in all of them. */
export function payloadOf(generation: number): Payload {
  const value = `${generation} `.padEnd(1000, 'x');
  const names = Array.from({ length: 20 }, (_, index) => `secret-${index}`);
  return Object.fromEntries(names.map((name) => [name, value]));
}

/** Uses a new folder that holds generation 0, and removes it. */
export async function inFolder<Result>(use: (folder: Folder) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync('/dev/shm/zonekeeper-bench-');
  const mount = new SecretMount(path.join(folder, 'mount'));
  mount.write(payloadOf(0));
  try {
    return await use({ mount, file: path.join(folder, 'app.env'), path: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function start(contender: Contender, folder: Folder): ChildProcess {
  return spawn(process.execPath, contender.args(folder), {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Lets it start and come to rest. */
export async function settled(child: ChildProcess): Promise<number> {
  await setTimeout(3000);
  if (child.pid === undefined || child.exitCode !== null) throw new Error('it has ended');
  return child.pid;
}

export async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'close');
}
