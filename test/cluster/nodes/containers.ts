import { readdir, readFile } from 'node:fs/promises';

/**
 * Kills every process of the sandbox that has this word in its command line, as the kernel does when memory runs out: in
 * containers of all nodes, with no notice to anybody. Returns how many there were.
 */
export async function killInContainers(word: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const matching: number[] = [];
  for (const pid of pids) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (args.includes(word)) matching.push(Number(pid));
  }
  for (const pid of matching) process.kill(pid, 'SIGKILL');
  return matching.length;
}
