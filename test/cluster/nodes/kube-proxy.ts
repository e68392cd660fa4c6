import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { ServerProcess } from '../processes.ts';
import { nodeAddress, POD_RANGE } from './network.ts';

export type KubeProxyOptions = {
  readonly folder: string;
  readonly kubeProxy: string;
  readonly kubeconfig: string;
  /** The name of one Node. */
  readonly node: string;
  /** With PATH of `nft`. */
  readonly env: NodeJS.ProcessEnv;
};

/** Makes Services reachable. One does it for all nodes, since they share a network. */
export async function startKubeProxy(options: KubeProxyOptions): Promise<ServerProcess> {
  const { folder, kubeProxy, kubeconfig, node, env } = options;
  const config = path.join(folder, 'kube-proxy.yaml');
  const configuration = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    clientConnection: { kubeconfig },
    bindAddress: nodeAddress(1),
    hostnameOverride: node,
    clusterCIDR: POD_RANGE,
    healthzBindAddress: '127.0.0.1:10256',
    metricsBindAddress: '127.0.0.1:10249',
    // What it would set for connection tracking belongs to the whole kernel.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    nftables: { syncPeriod: '5s', minSyncPeriod: '100ms' },
  };
  await writeFile(config, stringify(configuration));
  const args = [`--config=${config}`];
  const name = 'kube-proxy';
  return ServerProcess.start({ name, command: kubeProxy, args, folder, detached: false, env });
}
