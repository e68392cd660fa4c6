import { exhaustMemory, memoryOf, processOf } from './containers.ts';
import { type PodView, statusOf } from './pods.ts';

/** Ways in which a container ends without notice. */
export const SUDDEN_ENDS = [
  { title: 'killed', end: kill, reason: 'Error' },
  { title: 'out of memory', end: exhaust, reason: 'OOMKilled' },
] as const;

/** What the first process of a container has in memory, in words. */
export async function memory(pod: PodView, container: string): Promise<string> {
  const { anonymous, resident } = await memoryOf(await firstProcess(pod, container));
  return `${anonymous.toFixed(1)} MiB of its own, ${resident.toFixed(1)} MiB resident`;
}

/** Halts a container's first process where it is. What is returned kills it. */
export async function freeze(pod: PodView, container: string): Promise<() => void> {
  const first = await firstProcess(pod, container);
  process.kill(first, 'SIGSTOP');
  return () => process.kill(first, 'SIGKILL');
}

/** Ends a container's first process without notice. */
export async function kill(pod: PodView, container: string): Promise<void> {
  process.kill(await firstProcess(pod, container), 'SIGKILL');
}

async function exhaust(pod: PodView, container: string): Promise<void> {
  await exhaustMemory(await firstProcess(pod, container));
}

async function firstProcess(pod: PodView, container: string): Promise<number> {
  return processOf(statusOf(await pod.ready(), container).containerID);
}
