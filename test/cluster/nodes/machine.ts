import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ServerProcess } from '../processes.ts';
import { until } from '../until.ts';

/**
 * What a kubelet sets for the whole kernel, with the values that it wants to see. Each machine shows its kubelet a copy, so that
 * the real ones stay as they are.
 */
const KERNEL_SETTINGS = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

/** Folders of the system in which kubelet and containerd keep what they do; each machine has its own, empty at first. */
const STATE_FOLDERS = ['/var/lib', '/var/log'];

export type MachineOptions = {
  /** Gets what the machine writes: its `/var/lib` and `/var/log`, and the logs of what it serves. */
  readonly folder: string;
  /** The first process of the machine. */
  readonly pause: string;
  /** For the programs that it runs, on top of this process's environment. */
  readonly env: NodeJS.ProcessEnv;
};

/**
 * A process tree and a table of mounts of their own, in the network of whoever makes it. Ending it ends all of its processes
 * and undoes all of its mounts at once, as if its power was cut.
 */
export class Machine {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #power: ServerProcess;

  private constructor({ folder, env }: MachineOptions, power: ServerProcess) {
    this.folder = folder;
    this.#env = env;
    this.#power = power;
  }

  static async start(options: MachineOptions): Promise<Machine> {
    const { folder, pause } = options;
    await mkdir(folder, { recursive: true });
    const ready = path.join(folder, 'ready');
    const script = [
      'set -e',
      'mount --make-rshared /',
      ...(await kernelSettings(folder)),
      'mount -t tmpfs tmpfs /run',
      ...(await stateFolders(folder)),
      `: > '${ready}'`,
      `exec '${pause}'`,
    ].join('\n');
    const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const args = [...namespaces, 'sh', '-c', script];
    const name = 'machine';
    const power = await ServerProcess.start({
      name,
      command: 'unshare',
      args,
      folder,
      detached: false,
    });
    const machine = new Machine(options, power);
    await until(`the machine of ${folder}`, async () => {
      await machine.assertRunning();
      return existsSync(ready);
    });
    return machine;
  }

  /** The command line that runs a command on this machine. */
  command(command: readonly string[]): readonly string[] {
    const of = `/proc/${this.#power.pid}/ns`;
    return ['nsenter', `--mount=${of}/mnt`, `--pid=${of}/pid_for_children`, '--', ...command];
  }

  /** Starts a program that runs until the machine ends. */
  async serve(name: string, command: readonly string[]): Promise<ServerProcess> {
    const [program = '', ...args] = this.command(command);
    const { folder } = this;
    const env = this.#env;
    return ServerProcess.start({ name, command: program, args, folder, detached: false, env });
  }

  async assertRunning(): Promise<void> {
    const failure = await this.#power.failure();
    if (failure) throw failure;
  }

  /** Cuts the power: nothing on the machine gets a chance to finish. */
  async cutPower(): Promise<void> {
    if (this.#power.pid && !(await this.#power.failure())) process.kill(this.#power.pid, 'SIGKILL');
    await until(`the end of ${this.folder}`, async () => Boolean(await this.#power.failure()));
  }
}

async function kernelSettings(folder: string): Promise<string[]> {
  const copies = path.join(folder, 'sysctl');
  await mkdir(copies, { recursive: true });
  const lines: string[] = [];
  for (const [name, value] of Object.entries(KERNEL_SETTINGS)) {
    const copy = path.join(copies, name.replaceAll('/', '.'));
    await writeFile(copy, `${value}\n`);
    lines.push(`mount --bind '${copy}' /proc/sys/${name}`);
  }
  return lines;
}

async function stateFolders(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const name of STATE_FOLDERS) {
    const own = path.join(folder, name);
    await mkdir(own, { recursive: true });
    lines.push(`mount --bind '${own}' ${name}`);
  }
  return lines;
}
