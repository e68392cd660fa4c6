import type { MountFacts } from '../status/facts.ts';
import type { MountStatus } from '../status/status.ts';
import { mountStatusOf, NOT_COMPARED } from '../status/status-of.ts';
import { readMount } from './read.ts';

export interface MountStatusOptions {
  /** Files that must be there, relative to the mount. */
  readonly expect?: readonly string[];
}

/**
 * What a mount is like at this moment: `missing` if nothing is mounted or a file is not there, else `unknown`, because whether
 * it is up to date can be told only by comparing it with Key Vault (`createVerifier`). Never throws.
 *
 * @param path The folder where the secrets are mounted, such as `/mnt/secrets-store`.
 */
export async function mountStatus(
  path: string,
  { expect = [] }: MountStatusOptions = {},
): Promise<MountStatus> {
  const { snapshot, problem: found } = readMount(path);
  if (snapshot === undefined) {
    return mountStatusOf({ path, missing: expect, problems: [found] }, [NOT_COMPARED]);
  }
  const { generation, changedAt, files } = snapshot;
  const facts: MountFacts = {
    path,
    snapshot: { generation, changedAt, files: [...files.keys()].sort() },
    missing: expect.filter((file) => !files.has(file)),
    problems: [],
  };
  return mountStatusOf(facts, [NOT_COMPARED]);
}
