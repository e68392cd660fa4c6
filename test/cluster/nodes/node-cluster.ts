import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { ControlPlane } from '../control-plane.ts';
import type { Node } from '../nodes.ts';
import { stopServers } from '../processes.ts';
import { until } from '../until.ts';
import { removeCgroup } from './cgroups.ts';
import { startKubeProxy } from './kube-proxy.ts';
import { CONTROL_PLANE_ADDRESS, setUpNetwork } from './network.ts';
import { ClusterNode, systemEnvironment } from './node.ts';
import { findNodeParts, type NodeParts } from './parts.ts';
import { cgroupOf, imagesOf, sandboxFolder } from './sandbox.ts';

/** Ample: seen are 5 to 10 s. */
const READY_TIMEOUT = 120_000;

const ZONES = ['westeurope-1', 'westeurope-2', 'westeurope-3'];

export type NodeClusterOptions = {
  /** The zone of each node, which is named `node-ZONE`. Default: three nodes, one a zone. */
  readonly zones?: readonly string[];
  /** How long a node may be silent before it counts as lost. Default `40s`. */
  readonly nodeGracePeriod?: string;
};

type RunningNode = Node & { status: { conditions?: { type: string; status: string }[] } };

/**
 * A cluster of real nodes: Pods run in containers, Services and webhooks behind them are reached. One at a time in a
 * sandbox. There is no DNS.
 */
export class NodeCluster implements AsyncDisposable {
  readonly controlPlane: ControlPlane;
  readonly nodes: readonly ClusterNode[];
  /** Logs stay in it until the next run; what is big does not. */
  readonly folder: string;
  #stopped: Promise<void> | undefined;

  private constructor(folder: string, controlPlane: ControlPlane, nodes: readonly ClusterNode[]) {
    this.folder = folder;
    this.controlPlane = controlPlane;
    this.nodes = nodes;
  }

  /** Resolves when all nodes are ready. Rejects with the log of what failed; the sandbox ends what was begun then. */
  static async start(options: NodeClusterOptions = {}): Promise<NodeCluster> {
    const { zones = ZONES, nodeGracePeriod = '40s' } = options;
    const parts = await findNodeParts();
    if ('unavailable' in parts) throw new Error(`No nodes: ${parts.unavailable}`);
    const folder = await mkdtemp(path.join(sandboxFolder(), 'cluster-'));
    const names = zones.map((zone) => `node-${zone}`);
    await setUpNetwork(zones.length);
    const controlPlane = await ControlPlane.start({
      folder: path.join(folder, 'control-plane'),
      nodeGracePeriod,
      podNetwork: { address: CONTROL_PLANE_ADDRESS, nodes: names },
    });
    const nodes = await Promise.all(
      zones.map((zone, index) => startNode(folder, controlPlane, parts, zone, index + 1)),
    );
    const { kubeProxy, systemTools } = parts;
    await startKubeProxy({
      folder,
      kubeProxy,
      kubeconfig: await controlPlane.kubeconfigOf('kube-proxy'),
      node: names[0] ?? '',
      env: systemEnvironment(systemTools),
    });
    const cluster = new NodeCluster(folder, controlPlane, nodes);
    await cluster.untilReady();
    return cluster;
  }

  /** Resolves when every node that was not lost is ready. */
  async untilReady(): Promise<void> {
    await until('all nodes are ready', () => this.#areReady(), READY_TIMEOUT);
  }

  async #areReady(): Promise<boolean> {
    for (const node of this.nodes) await node.assertRunning();
    const nodes = await this.controlPlane.api.list<RunningNode>('/api/v1/nodes');
    const ready = nodes.filter(({ spec, status }) => {
      const condition = status.conditions?.find(({ type }) => type === 'Ready');
      return condition?.status === 'True' && !spec.taints?.length;
    });
    return ready.length === this.nodes.length;
  }

  /** Ends all nodes and then the control plane. Rejects if a server of that had ended before. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    await this.#stopped;
  }

  async #stop(): Promise<void> {
    try {
      await Promise.all(this.nodes.map((node) => node.cutPower()));
      await stopServers(this.folder, ['kube-proxy']);
      await this.controlPlane.stop();
    } finally {
      await removeCgroup(cgroupOf(sandboxFolder()));
      for (const { folder } of this.nodes) {
        await rm(path.join(folder, 'var', 'lib'), { recursive: true, force: true });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function startNode(
  folder: string,
  controlPlane: ControlPlane,
  parts: NodeParts,
  zone: string,
  number: number,
): Promise<ClusterNode> {
  const name = `node-${zone}`;
  return ClusterNode.start({
    ...parts,
    number,
    name,
    zone,
    folder: path.join(folder, name),
    images: imagesOf(sandboxFolder()),
    kubeconfig: await controlPlane.kubeconfigOf(name),
    clientCa: controlPlane.caFile,
    cgroup: `${cgroupOf(sandboxFolder())}/${name}`,
  });
}
