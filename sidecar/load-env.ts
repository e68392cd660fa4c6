import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { EnvFormat } from './contract.ts';
import { parseEnvFile } from './env/parse.ts';
import { SidecarError } from './error.ts';
import { causeOf, type Problem, problem } from './messages.ts';
import { changes } from './mount/changes.ts';
import { POLL_INTERVAL } from './mount/watch.ts';

/** Value by name of the variable. */
export type Variables = Readonly<Record<string, string>>;

export interface LoadEnvOptions {
  /** How the file is written: the annotation `env-format`; default `posix`. */
  readonly format?: EnvFormat;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the file is looked at even if the kernel tells of no change; default 5000. */
  readonly pollInterval?: number;
  /** Called when a changed file cannot be read or its folder not be watched; the variables stay what they were. */
  readonly onProblem?: (problem: Problem) => void;
}

/** The variables of an environment file, and each later change of them by iteration. */
export interface LoadedEnv extends AsyncIterable<Variables> {
  /** The variables as they were read last. */
  readonly variables: Variables;
}

/**
 * Reads an environment file that the sidecar writes, and follows it: iterating waits for changes and yields the variables after
 * each, so that an application takes rotated secrets without a restart. Nothing is put into `process.env`.
 *
 * @param file Its path, as the environment variable `ZONEKEEPER_ENV_FILE` of the container tells it.
 * @throws {SidecarError} `ZK822` if the file cannot be read, `EnvSyntaxError` if it is not of that format.
 * @example
 * const env = await loadEnv('/run/zonekeeper/app.env');
 * const pool = connect(env.variables.DB_PASSWORD);
 * for await (const { DB_PASSWORD } of env) pool.usePassword(DB_PASSWORD);
 */
export async function loadEnv(file: string, options: LoadEnvOptions = {}): Promise<LoadedEnv> {
  const { format = 'posix' } = options;
  let text = read(file);
  let variables: Variables = parseEnvFile(text, format);
  return {
    get variables() {
      return variables;
    },
    async *[Symbol.asyncIterator]() {
      for await (const _ of follow(file, options)) {
        const next = attempt(() => read(file), options.onProblem);
        if (next === undefined || next === text) continue;
        const parsed = attempt(() => parseEnvFile(next, format), options.onProblem);
        if (parsed === undefined) continue;
        text = next;
        variables = parsed;
        yield variables;
      }
    },
  };
}

function follow(file: string, options: LoadEnvOptions): AsyncGenerator<void> {
  const {
    signal = new AbortController().signal,
    pollInterval = POLL_INTERVAL,
    onProblem,
  } = options;
  const onWatch = (found: Problem | undefined) => found && onProblem?.(found);
  const entry = {
    folder: path.dirname(file),
    name: path.basename(file),
    identify: () => identify(file),
  };
  return changes(entry, { signal, pollInterval, onWatch });
}

function identify(file: string): string | undefined {
  try {
    const { ino, mtimeNs, size } = statSync(file, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch {
    return undefined;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SidecarError(problem('ZK822', { path: file, cause: causeOf(error) }));
  }
}

/** The result, or `undefined` where the error was told. */
function attempt<Result>(
  act: () => Result,
  onProblem: LoadEnvOptions['onProblem'],
): Result | undefined {
  try {
    return act();
  } catch (error) {
    const { code, message } = error as Problem;
    onProblem?.({ code, message });
    return undefined;
  }
}
