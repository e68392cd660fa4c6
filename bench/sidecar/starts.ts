import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type Contender, end, inFolder, start } from './contenders.ts';

/** Milliseconds from the start of a process to its first environment file. */
export function toFirstFile(contender: Contender): Promise<number> {
  return inFolder(async (folder) => {
    const begun = performance.now();
    const child = start(contender, folder);
    while (!existsSync(folder.file)) await turn(child);
    const elapsed = performance.now() - begun;
    await end(child);
    return elapsed;
  });
}

/** Milliseconds that Node.js takes to start and end with nothing to do. */
export async function bareStart(): Promise<number> {
  const begun = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'close');
  return performance.now() - begun;
}

async function turn(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error('it has ended without a file');
  await new Promise((resolve) => setTimeout(resolve, 0.2));
}
