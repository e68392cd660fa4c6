import { withFiles } from './files.ts';
import { output, succeeds } from './program.ts';
import type { Reader, Unavailable } from './reader.ts';

/** Exports what the file assigns and becomes a program that shows its environment. */
const SCRIPT = 'set -a; . "$1"; exec env -0';

/** Bash takes a socket as its input for a remote login and would read the user's own start-up file first. */
const OPTIONS = { dash: [], bash: ['--norc'] } as const;

/** A shell that sources the file. */
export async function shell(name: keyof typeof OPTIONS): Promise<Reader | Unavailable> {
  if (!(await succeeds(name, ['-c', 'true'])))
    return { unavailable: `there is no ${name} on PATH` };
  const clean = ['-i', `PATH=${process.env.PATH}`, name, ...OPTIONS[name], '-c', SCRIPT, name];
  return (texts) =>
    withFiles(texts, (files) =>
      Promise.all(files.map(async (file) => variablesOf(await output('env', [...clean, file])))),
    );
}

function variablesOf(text: string): Map<string, string> {
  return new Map(
    text
      .split('\0')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const end = entry.indexOf('=');
        return [entry.slice(0, end), entry.slice(end + 1)];
      }),
  );
}
