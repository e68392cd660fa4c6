import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Test } from 'tap';

/** A new folder that goes with the test: in memory where there is such a place, as the volumes of a pod are. */
export function scratch(t: Test): string {
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(path.join(base, 'zonekeeper-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
