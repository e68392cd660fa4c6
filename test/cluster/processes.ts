import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../support/run.ts';

/** How long a server may take to end by itself before it is killed, in milliseconds. */
const GRACE = 15_000;
const LOG_LINES = 15;

export type ServerOptions = {
  readonly name: string;
  readonly command: string;
  /** Must hold `folder` somewhere: that tells the process from a later one with the same number. */
  readonly args: readonly string[];
  /** Gets `log/NAME.log` and `pid/NAME.pid`. */
  readonly folder: string;
  /** Lets it live on after this process. */
  readonly detached: boolean;
  /** Set on top of this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
};

const attached = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of attached) child.kill('SIGKILL');
});

/** One running server with a log file and a pid file. */
export class ServerProcess {
  readonly name: string;
  /** Undefined if it could not be started; `failure` tells why. */
  readonly pid: number | undefined;
  readonly #log: string;
  #ending: string | undefined;

  private constructor(name: string, log: string, pid: number | undefined) {
    this.name = name;
    this.pid = pid;
    this.#log = log;
  }

  static async start({
    name,
    command,
    args,
    folder,
    detached,
    env = {},
  }: ServerOptions): Promise<ServerProcess> {
    const log = path.join(folder, 'log', `${name}.log`);
    await mkdir(path.dirname(log), { recursive: true });
    await mkdir(path.join(folder, 'pid'), { recursive: true });
    const output = await open(log, 'a');
    const stdio = ['ignore', output.fd, output.fd] as const;
    const options = { stdio: [...stdio], detached, env: { ...process.env, ...env } };
    const child = spawn(command, args, options);
    const server = new ServerProcess(name, log, child.pid);
    child.once('error', (error) => {
      server.#ending = `could not be started: ${error.message}`;
    });
    child.once('exit', (code, signal) => {
      attached.delete(child);
      server.#ending = `ended with ${signal ?? `code ${code}`}`;
    });
    await output.close();
    if (child.pid) await writeFile(pidFile(folder, name), `${child.pid}\n`);
    if (detached) child.unref();
    else attached.add(child);
    return server;
  }

  /** Why the server does not run any more, with the end of its log; undefined while it runs. */
  async failure(): Promise<Error | undefined> {
    if (!this.#ending) return undefined;
    const lines = (await readFile(this.#log, 'utf8')).trimEnd().split('\n').slice(-LOG_LINES);
    return new Error(`${this.name} ${this.#ending}. The end of ${this.#log}:\n${lines.join('\n')}`);
  }
}

function pidFile(folder: string, name: string): string {
  return path.join(folder, 'pid', `${name}.pid`);
}

/** The names of the servers of this folder that run, whoever started them. */
export async function runningServers(folder: string): Promise<string[]> {
  const files = await readdir(path.join(folder, 'pid')).catch(() => []);
  const running = [];
  for (const name of files.map((file) => path.basename(file, '.pid'))) {
    if (await runningPid(folder, name)) running.push(name);
  }
  return running;
}

/** Ends the named servers of this folder one after the other; those that do not run are passed over. */
export async function stopServers(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const pid = await runningPid(folder, name);
    if (pid) {
      signal(pid, 'SIGTERM');
      const deadline = Date.now() + GRACE;
      while ((await runningPid(folder, name)) && Date.now() < deadline) await sleep(50);
      if (await runningPid(folder, name)) signal(pid, 'SIGKILL');
    }
    await rm(pidFile(folder, name), { force: true });
  }
}

/** The process in the pid file, if it is still the one that was started for this folder. */
async function runningPid(folder: string, name: string): Promise<number | undefined> {
  const pid = Number(await readFile(pidFile(folder, name), 'utf8').catch(() => ''));
  return pid > 0 && (await commandLine(pid)).includes(folder) ? pid : undefined;
}

/** Empty for a process that has ended, even if its parent has not asked for its exit code yet. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return (await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)])).stdout;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended since it was looked at.
  }
}
