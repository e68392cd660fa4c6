import { once } from 'node:events';
import { request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { Test } from 'tap';
import type { Status } from '../../sidecar/status/status.ts';
import { SecretMount } from './secret-mount.ts';
import { type LogLine, ServerProcess } from './webhook-process.ts';

/** The sidecar, from its sources. */
export const SIDECAR = 'sidecar/main.ts';

/** A sidecar that runs as a process of its own, with all its files below one folder. */
export class SidecarProcess {
  readonly #server: ServerProcess;

  private constructor(server: ServerProcess) {
    this.#server = server;
  }

  /** Resolves when it listens; it is killed when the test ends. */
  static async start(t: Test, args: readonly string[]): Promise<SidecarProcess> {
    const server = await ServerProcess.start({
      args: [SIDECAR, '--', ...args],
      keepLog: true,
    });
    t.teardown(() => server.signal('SIGKILL'));
    return new SidecarProcess(server);
  }

  get pid(): number {
    return this.#server.pid;
  }

  get lines(): readonly LogLine[] {
    return this.#server.lines;
  }

  async ask(path: string): Promise<{ readonly code: number; readonly body: string }> {
    const { port } = this.#server;
    const sent = request({ host: '127.0.0.1', port, path, agent: false }).end();
    const [response] = await once(sent, 'response');
    return { code: response.statusCode, body: await text(response) };
  }

  /** The first status for which that holds. */
  async until(holds: (status: Status) => boolean): Promise<Status> {
    for (;;) {
      const status = JSON.parse((await this.ask('/status')).body) as Status;
      if (holds(status)) return status;
      await setTimeout(20);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#server.signal(signal);
  }

  /** Its exit code, once it has ended; -1 if a signal killed it. */
  ended(): Promise<number> {
    return this.#server.ended();
  }
}

/** The places of a pod below a folder, and the arguments that name them; what is written may go to another one. */
export function podFolder(folder: string, output = folder) {
  const mount = new SecretMount(path.join(folder, 'mount'));
  const envFile = path.join(output, 'app.env');
  const statusFile = path.join(output, 'status.json');
  return {
    ...{ mount, envFile, statusFile },
    args: [
      `--mount=${mount.path}`,
      `--auto=${mount.path}`,
      `--env-file=${envFile}`,
      `--status-file=${statusFile}`,
      '--host=127.0.0.1',
      '--port=0',
    ],
  };
}
