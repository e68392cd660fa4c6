import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../support/run.ts';
import type { ServerProcess } from '../processes.ts';
import { until } from '../until.ts';
import { PAUSE_IMAGE } from './images.ts';
import type { Machine } from './machine.ts';

export type ContainerdOptions = {
  readonly machine: Machine;
  /** The folder with containerd, its client and the network plugins. */
  readonly nodeTools: string;
  readonly runc: string;
  /** The range of addresses for Pods of this machine. */
  readonly podRange: string;
  /** The name of their bridge in the network. */
  readonly bridge: string;
  /** The folder with the archives of all images. */
  readonly images: string;
};

/** Where it answers, on each machine. */
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

/** Starts the container runtime of a machine; resolves when it answers and has the images. */
export async function startContainerd(options: ContainerdOptions): Promise<ServerProcess> {
  const { machine, nodeTools, images } = options;
  const folder = path.join(machine.folder, 'containerd');
  const config = path.join(folder, 'config.toml');
  await mkdir(path.join(folder, 'cni'), { recursive: true });
  await writeFile(config, configuration(folder, options));
  await writeFile(path.join(folder, 'cni', '10-bridge.conflist'), network(folder, options));
  const server = await machine.serve('containerd', [
    path.join(nodeTools, 'containerd'),
    '--config',
    config,
  ]);
  const client = machine.command([path.join(nodeTools, 'ctr'), '--namespace', 'k8s.io']);
  const ctr = async (...args: string[]) => {
    const [program = '', ...rest] = [...client, ...args];
    return run(program, rest);
  };
  await until(`containerd of ${machine.folder} answers`, async () => {
    const failure = await server.failure();
    if (failure) throw failure;
    return (await ctr('version')).code === 0;
  });
  for (const name of await readdir(images)) {
    const { code, stderr } = await ctr('images', 'import', '--local', path.join(images, name));
    if (code !== 0) throw new Error(`containerd refused the image ${name}: ${stderr}`);
  }
  return server;
}

function configuration(folder: string, { nodeTools, runc }: ContainerdOptions): string {
  return `version = 3
disabled_plugins = ["io.containerd.nri.v1.nri"]
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "${PAUSE_IMAGE}"
[plugins.'io.containerd.cri.v1.runtime']
  # Without CAP_SYS_RESOURCE, which containers that act as machines lack, nobody may lower it.
  restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
    BinaryName = "${runc}"
    SystemdCgroup = false
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ["${nodeTools}"]
  conf_dir = "${folder}/cni"
`;
}

function network(folder: string, { bridge, podRange }: ContainerdOptions): string {
  const ipam = {
    type: 'host-local',
    dataDir: path.join(folder, 'addresses'),
    ranges: [[{ subnet: podRange }]],
    routes: [{ dst: '0.0.0.0/0' }],
  };
  const plugin = { type: 'bridge', bridge, isGateway: true, hairpinMode: true, ipam };
  return JSON.stringify({ cniVersion: '1.0.0', name: 'pods', plugins: [plugin] });
}
