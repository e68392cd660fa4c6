import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { stopControlPlane, temporaryFolder } from './control-plane.ts';

/** Ends the control planes of processes that were killed before they could do so. Their files stay. */
export async function stopLeftovers(): Promise<string[]> {
  const names = await readdir(temporaryFolder()).catch(() => []);
  const folders = names.filter(isLeft).map((name) => path.join(temporaryFolder(), name));
  for (const folder of folders) await stopControlPlane(folder);
  return folders;
}

/** The same, and removes their files: data and the logs that a failed run left to be read. */
export async function removeLeftovers(): Promise<void> {
  for (const folder of await stopLeftovers()) await rm(folder, { recursive: true, force: true });
}

/** The name of a temporary folder begins with the number of the process that made it. */
function isLeft(name: string): boolean {
  try {
    process.kill(Number.parseInt(name, 10), 0);
    return false;
  } catch {
    return true;
  }
}
