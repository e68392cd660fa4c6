import { readdir, readFile, writeFile } from 'node:fs/promises';
import { run } from '../../support/run.ts';

/**
 * Kills every process of the sandbox that has this word in its command line, as the kernel does when memory runs out: in
 * containers of all nodes, with no notice to anybody. Returns how many there were.
 */
export async function killInContainers(word: string): Promise<number> {
  const matching = await processesWith('cmdline', (text) => text.split('\0').includes(word));
  for (const pid of matching) process.kill(pid, 'SIGKILL');
  return matching.length;
}

/** The number, in the sandbox, of the first process of a container that Kubernetes calls `containerd://…`. */
export async function processOf(containerId: string): Promise<number> {
  const id = containerId.replace(/^\w+:\/\//, '');
  const [first] = await processesWith('cgroup', (text) => text.includes(id));
  if (!first) throw new Error(`${containerId} has no process`);
  return first;
}

/** Fills the memory of a process's container until the kernel ends the process for it. */
export async function exhaustMemory(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/oom_score_adj`, '1000');
  const group = await memoryGroup(pid);
  // What fills it is chosen only when it is alone.
  await run('sh', ['-c', 'echo $$ > "$0/cgroup.procs" && exec tail /dev/zero', group]);
}

/** What a process has in memory, in MiB: of its own, and with files that it shares. */
export async function memoryOf(pid: number): Promise<{ anonymous: number; resident: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { anonymous: mebibytes('RssAnon'), resident: mebibytes('VmRSS') };
}

/** The folder of the control group that limits the memory of a process, in version 1 or 2. */
async function memoryGroup(pid: number): Promise<string> {
  const groups = await readFile(`/proc/${pid}/cgroup`, 'utf8');
  const [, first] = /^\d+:memory:(.*)$/m.exec(groups) ?? [];
  if (first) return `/sys/fs/cgroup/memory${first}`;
  const [, second] = /^0::(.*)$/m.exec(groups) ?? [];
  return `/sys/fs/cgroup${second}`;
}

/** In the order of their numbers. */
async function processesWith(
  file: string,
  matches: (content: string) => boolean,
): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const matching: number[] = [];
  for (const pid of pids) {
    const content = await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    if (matches(content)) matching.push(Number(pid));
  }
  return matching.toSorted((a, b) => a - b);
}
