import path from 'node:path';
import { builtFolder, type GoPrograms, hasGo, makeFolder } from '../../support/go-build.ts';
import { isExecutable } from '../binaries.ts';

/** Programs that Go builds for the tests with nodes. */
export interface NodePrograms extends GoPrograms {
  /** For people: what they are. */
  readonly title: string;
  /** One of them, by which it is known that they are there. */
  readonly executable: string;
  /** Builds them into a folder. */
  readonly build: (folder: string) => Promise<void>;
}

/** Finds programs, and the folder they are in. */
export type FindPrograms = (
  env?: NodeJS.ProcessEnv,
  log?: (line: string) => void,
) => Promise<string | undefined>;

/**
 * Go builds them once, then they are kept in the cache. The folder is undefined if they are neither there nor Go to build them.
 */
export function findingOf(programs: NodePrograms): FindPrograms {
  return async (env = process.env, log = () => {}) => {
    const { folder, version } = await builtFolder(programs, env);
    if (await isExecutable(path.join(folder, programs.executable))) return folder;
    if (!(await hasGo(env))) return undefined;
    log(`building ${programs.title} ${version} with Go, once`);
    await makeFolder(folder, programs.build);
    return folder;
  };
}
