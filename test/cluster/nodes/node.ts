import path from 'node:path';
import type { ServerProcess } from '../processes.ts';
import { makeCgroup } from './cgroups.ts';
import { startContainerd } from './containerd.ts';
import { startKubelet } from './kubelet.ts';
import { Machine } from './machine.ts';
import { nodeAddress, podRange } from './network.ts';
import type { SystemTools } from './system-tools.ts';

export type NodeOptions = {
  /** 1 to 9, different for each node of the network. */
  readonly number: number;
  readonly name: string;
  readonly zone: string;
  readonly folder: string;
  readonly kubelet: string;
  readonly nodeTools: string;
  readonly systemTools: SystemTools;
  /** The folder with the archives of the images that it has. */
  readonly images: string;
  readonly kubeconfig: string;
  readonly clientCa: string;
  readonly cgroup: string;
};

/** A real node of a cluster: a machine with a container runtime and a kubelet. */
export class ClusterNode {
  readonly name: string;
  readonly zone: string;
  /** Everything that is written on the node, by its kubelet, its containers or for its logs. */
  readonly folder: string;
  readonly #machine: Machine;
  readonly #servers: ServerProcess[];

  private constructor(options: NodeOptions, machine: Machine, servers: readonly ServerProcess[]) {
    this.name = options.name;
    this.zone = options.zone;
    this.folder = options.folder;
    this.#machine = machine;
    this.#servers = [...servers];
  }

  /** Resolves when the kubelet has been started; the Node is registered and ready some seconds later. */
  static async start(options: NodeOptions): Promise<ClusterNode> {
    const { number, folder, nodeTools, systemTools } = options;
    await makeCgroup(options.cgroup);
    const env = systemEnvironment(systemTools);
    const machine = await Machine.start({ folder, pause: path.join(nodeTools, 'pause'), env });
    const containerd = await startContainerd({
      machine,
      nodeTools,
      runc: systemTools.paths.runc,
      podRange: podRange(number),
      bridge: `pods${number}`,
      images: options.images,
    });
    const kubelet = await startKubelet({ ...options, machine, address: nodeAddress(number) });
    return new ClusterNode(options, machine, [containerd, kubelet]);
  }

  /** Starts one more program on the node, which runs as long as the node does. */
  async serve(name: string, command: readonly string[]): Promise<void> {
    this.#servers.push(await this.#machine.serve(name, command));
  }

  /** Rejects with the end of its log if something of the node has ended by itself. */
  async assertRunning(): Promise<void> {
    await this.#machine.assertRunning();
    for (const server of this.#servers) {
      const failure = await server.failure();
      if (failure) throw failure;
    }
  }

  /** Ends the node as a loss of its zone would: no process on it gets a chance to finish, nobody is told. */
  async cutPower(): Promise<void> {
    await this.#machine.cutPower();
  }
}

/** With which the programs of `systemTools`, and what calls them by name, find them and their libraries. */
export function systemEnvironment({ paths, libraryPath }: SystemTools): NodeJS.ProcessEnv {
  const folders = [paths.runc, paths.nft].map((file) => path.dirname(file));
  return {
    PATH: [...new Set([...(process.env.PATH ?? '').split(':'), ...folders])].join(':'),
    ...(libraryPath && { LD_LIBRARY_PATH: libraryPath }),
  };
}
