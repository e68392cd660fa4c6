import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

export interface ProcessOptions {
  /** What runs it; default this Node.js. */
  readonly command?: readonly string[];
  /** The program and its arguments. It must print a JSON line with `msg: "listening"` and its `port`. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Keep the lines of the log in `lines`; default false. */
  readonly keepLog?: boolean;
}

/** The webhook, from its sources: the first argument of a `ServerProcess`. */
export const WEBHOOK = 'webhook/main.ts';

export interface LogLine {
  readonly level?: string;
  readonly msg?: string;
  readonly [key: string]: unknown;
}

/** A server that runs as a process of its own, as a user starts it. Listens where its log says. */
export class ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Of the webhook only: where it answers /livez, /readyz and /metrics. */
  readonly opsPort: number;
  /** What it logged since it started to listen, if the log is kept. */
  readonly lines: readonly LogLine[];
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;

  private constructor(
    child: ChildProcess,
    ended: Promise<number>,
    listening: LogLine,
    lines: readonly LogLine[],
  ) {
    this.#child = child;
    this.#ended = ended;
    this.pid = child.pid ?? 0;
    this.port = Number(listening.port);
    this.opsPort = Number(listening.opsPort);
    this.lines = lines;
  }

  /** Resolves when it listens. Rejects with what it wrote to standard error if it ends instead. */
  static async start(options: ProcessOptions): Promise<ServerProcess> {
    const [program = '', ...args] = [...(options.command ?? [process.execPath]), ...options.args];
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    });
    const stderr = text(child.stderr);
    const ended = once(child, 'close').then(([code]) => (code as number | null) ?? -1);
    const lines: LogLine[] = [];
    const listening = new Promise<LogLine>((resolve) => {
      const reader = createInterface(child.stdout);
      reader.on('line', (line) => {
        const parsed = JSON.parse(line) as LogLine;
        if (options.keepLog) lines.push(parsed);
        if (parsed.msg !== 'listening') return;
        resolve(parsed);
        if (options.keepLog) return;
        reader.close();
        child.stdout.resume();
      });
    });
    const line = await Promise.race([listening, ended]);
    if (typeof line !== 'number') return new ServerProcess(child, ended, line, lines);
    throw new Error(`${program} ${args.join(' ')} ended with ${line}: ${await stderr}`);
  }

  /** Resolves when /readyz says so. */
  async ready(): Promise<void> {
    while (!(await fetch(this.#ops('/readyz'))).ok) await setTimeout(20);
  }

  /** The text that the operations port answers. */
  async ask(path: string): Promise<string> {
    return (await fetch(this.#ops(path))).text();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Its exit code, once it has ended by itself or by a signal it handles; -1 if a signal killed it. */
  ended(): Promise<number> {
    return this.#ended;
  }

  /** Asks it to stop, and resolves with its exit code. */
  async stop(): Promise<number> {
    this.signal('SIGTERM');
    return this.#ended;
  }

  #ops(path: string): string {
    return `http://127.0.0.1:${this.opsPort}${path}`;
  }
}
