import { type ExitCode, type Io, run } from '../../../../webhook/cli/run.ts';
import { NOW } from '../../../support/context.ts';

export interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line within this process, with that standard input; `io` is what else of the outside it is given. */
export async function zonekeeper(
  args: readonly string[],
  input: string | Uint8Array = '',
  io: Partial<Io> = {},
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
    now: () => NOW,
    colour: false,
    readCluster: async () => {
      throw new Error('no cluster is to be asked');
    },
    ...io,
  });
  return { code, ...written };
}
