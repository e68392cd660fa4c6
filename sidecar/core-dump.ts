import { writeFileSync } from 'node:fs';

/**
 * Keeps memory out of a core dump of this process, whatever the node does with core dumps: with this filter the kernel writes
 * no mapping (Linux, core(5)). Node.js cannot set RLIMIT_CORE itself, and an image cannot either. `false` if that is not
 * possible here.
 */
export function keepMemoryOutOfCoreDumps(): boolean {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
    return true;
  } catch {
    return false;
  }
}
