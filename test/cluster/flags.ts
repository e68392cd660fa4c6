import type { Component } from './binaries.ts';
import type { Pki } from './pki.ts';
import type { Ports } from './ports.ts';

export type FlagOptions = {
  /** The folder of this control plane's data. */
  readonly folder: string;
  readonly ports: Ports;
  readonly pki: Pki;
  /** How long a node may be silent before it counts as lost, as a Go duration. */
  readonly nodeGracePeriod: string;
  readonly apiServerArgs: readonly string[];
  readonly podNetwork: PodNetwork | undefined;
};

/** Where a control plane is in a network that has Pods. */
export type PodNetwork = {
  /** The API server's address for Pods. It listens on all addresses: only in a network namespace of the tests. */
  readonly address: string;
  /** The names of the nodes whose kubelets may register. */
  readonly nodes: readonly string[];
};

/** From this range Services get their addresses, the API server's the first. */
export const SERVICE_RANGE = '10.96.0.0/16';

/** The command line of each component, without its name. Without a Pod network everything listens on 127.0.0.1 only. */
export const FLAGS: Record<Component, (options: FlagOptions) => string[]> = {
  etcd: ({ folder, ports }) => [
    '--name=test',
    `--data-dir=${folder}/etcd`,
    '--unsafe-no-fsync',
    '--log-level=warn',
    `--listen-client-urls=http://127.0.0.1:${ports.etcd}`,
    `--advertise-client-urls=http://127.0.0.1:${ports.etcd}`,
    `--listen-peer-urls=http://127.0.0.1:${ports['etcd-peer']}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${ports['etcd-peer']}`,
    `--initial-cluster=test=http://127.0.0.1:${ports['etcd-peer']}`,
  ],

  'kube-apiserver': ({ ports, pki, apiServerArgs, podNetwork }) => [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    `--secure-port=${ports['kube-apiserver']}`,
    ...(podNetwork ? reachedByPods(podNetwork, pki) : reachedLocally()),
    ...serving(pki),
    `--client-ca-file=${pki.file('ca.crt')}`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${pki.file('sa.pub')}`,
    `--service-account-signing-key-file=${pki.file('sa.key')}`,
    `--requestheader-client-ca-file=${pki.file('ca.crt')}`,
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    `--proxy-client-cert-file=${pki.file('front-proxy.crt')}`,
    `--proxy-client-key-file=${pki.file('front-proxy.key')}`,
    ...apiServerArgs,
  ],

  'kube-controller-manager': ({ folder, ports, pki, nodeGracePeriod }) => [
    ...clientOf(folder, 'kube-controller-manager'),
    '--bind-address=127.0.0.1',
    `--secure-port=${ports['kube-controller-manager']}`,
    ...serving(pki),
    '--leader-elect=false',
    `--root-ca-file=${pki.file('ca.crt')}`,
    `--service-account-private-key-file=${pki.file('sa.key')}`,
    '--use-service-account-credentials=true',
    `--cluster-signing-cert-file=${pki.file('ca.crt')}`,
    `--cluster-signing-key-file=${pki.file('ca.key')}`,
    // At the default of 20 a second, a fresh cluster waits 8 s for its first ServiceAccount, not 3 s.
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
    `--node-monitor-grace-period=${nodeGracePeriod}`,
  ],

  'kube-scheduler': ({ folder, ports, pki }) => [
    ...clientOf(folder, 'kube-scheduler'),
    '--bind-address=127.0.0.1',
    `--secure-port=${ports['kube-scheduler']}`,
    ...serving(pki),
    '--leader-elect=false',
  ],
};

function reachedLocally(): string[] {
  return [
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    // An Endpoints object may not hold a loopback address, so nothing may publish this server's.
    '--endpoint-reconciler-type=none',
  ];
}

function reachedByPods({ address }: PodNetwork, pki: Pki): string[] {
  return [
    '--bind-address=0.0.0.0',
    `--advertise-address=${address}`,
    // Webhooks are called at the addresses of their Pods, as where the control plane is outside of the Service network.
    '--enable-aggregator-routing=true',
    `--kubelet-client-certificate=${pki.file('admin.crt')}`,
    `--kubelet-client-key=${pki.file('admin.key')}`,
    '--kubelet-preferred-address-types=InternalIP',
  ];
}

function serving(pki: Pki): string[] {
  return [
    `--tls-cert-file=${pki.file('apiserver.crt')}`,
    `--tls-private-key-file=${pki.file('apiserver.key')}`,
  ];
}

function clientOf(folder: string, name: string): string[] {
  const file = `${folder}/${name}.kubeconfig`;
  return [
    `--kubeconfig=${file}`,
    `--authentication-kubeconfig=${file}`,
    `--authorization-kubeconfig=${file}`,
  ];
}
