import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { ZONE_LABEL } from '../nodes.ts';
import type { ServerProcess } from '../processes.ts';
import { CONTAINERD_SOCKET } from './containerd.ts';
import type { Machine } from './machine.ts';

export type KubeletOptions = {
  readonly machine: Machine;
  readonly kubelet: string;
  /** Name of the Node. */
  readonly name: string;
  readonly zone: string;
  readonly address: string;
  readonly kubeconfig: string;
  /** The file with the certificate of the authority that its clients are known by. */
  readonly clientCa: string;
  /** The control group of all Pods of the node. */
  readonly cgroup: string;
};

/** Starts the kubelet; the Node is there and ready some seconds later. */
export async function startKubelet(options: KubeletOptions): Promise<ServerProcess> {
  const { machine, kubelet, name, zone, address, kubeconfig } = options;
  const config = path.join(machine.folder, 'kubelet.yaml');
  await writeFile(config, stringify(configuration(options)));
  const region = zone.replace(/-[^-]*$/, '');
  return machine.serve('kubelet', [
    kubelet,
    `--config=${config}`,
    `--kubeconfig=${kubeconfig}`,
    `--hostname-override=${name}`,
    `--node-ip=${address}`,
    `--node-labels=${ZONE_LABEL}=${zone},topology.kubernetes.io/region=${region}`,
  ]);
}

function configuration({ address, clientCa, cgroup }: KubeletOptions): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address,
    healthzBindAddress: address,
    authentication: { anonymous: { enabled: false }, x509: { clientCAFile: clientCa } },
    cgroupDriver: 'cgroupfs',
    cgroupRoot: cgroup,
    failCgroupV1: false,
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    resolvConf: '',
    // Below /var, which the machine has for itself.
    volumePluginDir: '/var/lib/kubelet/volumeplugins',
    makeIPTablesUtilChains: false,
    failSwapOn: false,
    nodeStatusUpdateFrequency: '5s',
    // How soon a changed Secret reaches the Pods that mount it; by default a minute.
    syncFrequency: '5s',
    // The disk is shared with everything else on this machine; nothing is to be evicted for its sake.
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '1%',
      'imagefs.available': '1%',
    },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
  };
}
