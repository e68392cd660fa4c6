import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** How a command ended. `code` is -1 if a signal ended it. */
export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly cwd?: string;
  /** Set on top of this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Written to the command's standard input, which is then closed. */
  readonly input?: string;
  /** The command is ended after this many milliseconds; default one minute. */
  readonly timeout?: number;
};

/** Runs a command to its end, without a shell. Rejects only if it cannot be started. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const env = { ...process.env, ...options.env };
  const child = spawn(command, args, { cwd: options.cwd, env });
  // Not spawn's own timeout: a command that cannot be started would keep this process waiting for it.
  const timer = setTimeout(() => child.kill(), options.timeout ?? 60_000);
  const code = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  child.stdin.on('error', () => {}); // It may end without reading: its exit code tells.
  child.stdin.end(options.input ?? '');
  try {
    const [ended, stdout, stderr] = await Promise.all([
      code,
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code: ended, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}
