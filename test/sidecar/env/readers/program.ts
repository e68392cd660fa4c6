import { type RunOptions, run } from '../../../support/run.ts';

/** What a command prints. Rejects, with what it says, if it cannot be started or fails. */
export async function output(
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ended with code ${code}: ${stderr.slice(0, 1000)}`);
  return stdout;
}

/** Whether a command is there and succeeds. */
export async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return output(command, args).then(
    () => true,
    () => false,
  );
}
