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
};

/** The command line of each component, without its name. Everything listens on 127.0.0.1 only. */
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

  'kube-apiserver': ({ ports, pki, apiServerArgs }) => [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${ports['kube-apiserver']}`,
    '--advertise-address=127.0.0.1',
    // An Endpoints object may not hold a loopback address, so nothing may publish this server's.
    '--endpoint-reconciler-type=none',
    ...serving(pki),
    `--client-ca-file=${pki.file('ca.crt')}`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--service-cluster-ip-range=10.96.0.0/16',
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
