import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { anonymousMegabytes } from '../process-facts.ts';
import {
  type Contender,
  end,
  type Folder,
  inFolder,
  payloadOf,
  settled,
  start,
} from './contenders.ts';

/** A generation that is not there after so many milliseconds is missed. */
const PATIENCE = 2000;

export interface Swaps {
  /** Microseconds from the swap of `..data` to the new file, one for each swap. */
  readonly latencies: readonly number[];
  readonly missed: number;
  /** Anonymous memory in megabytes, after every so many swaps. */
  readonly memory: readonly number[];
}

/** Swaps so many generations, each when the file of the one before is there. */
export function measureSwaps(contender: Contender, count: number, every: number): Promise<Swaps> {
  return inFolder(async (folder) => {
    const child = start(contender, folder);
    const pid = await settled(child);
    const latencies: number[] = [];
    const memory: number[] = [];
    let missed = 0;
    for (let generation = 1; generation <= count; generation += 1) {
      const latency = swapTo(folder, generation);
      if (latency === undefined) missed += 1;
      else latencies.push(latency);
      if (generation % every === 0) memory.push(anonymousMegabytes(pid));
      await setImmediate();
    }
    await end(child);
    return { latencies, missed, memory };
  });
}

/** Looks without pause, because every other way to learn of the file would add its own latency. */
function swapTo({ mount, file }: Folder, generation: number): number | undefined {
  const { swap, clean } = mount.stage(payloadOf(generation));
  const { ino } = statSync(file);
  const begun = performance.now();
  swap();
  let elapsed = 0;
  while (statSync(file).ino === ino && elapsed < PATIENCE) elapsed = performance.now() - begun;
  elapsed = performance.now() - begun;
  clean();
  return elapsed < PATIENCE ? elapsed * 1000 : undefined;
}
