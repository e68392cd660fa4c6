import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The folder, outside the tree, that keeps what is slow to make: unpacked tools, built binaries, a
 * long-lived control plane. `ZONEKEEPER_CLUSTER` names another one. Safe to delete when nothing runs.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const userCache = env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return env.ZONEKEEPER_CLUSTER || path.join(userCache, 'zonekeeper', 'cluster');
}
