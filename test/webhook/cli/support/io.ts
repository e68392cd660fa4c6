import { type ExitCode, run } from '../../../../webhook/cli/run.ts';

export interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line within this process, with that standard input. */
export async function zonekeeper(
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const code = await run(args, {
    stdin: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
    stdout: (text) => {
      written.stdout += text;
    },
    stderr: (text) => {
      written.stderr += text;
    },
    version: '0.1.0',
  });
  return { code, ...written };
}
