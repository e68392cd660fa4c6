import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SECRETS_STORE_DRIVER } from '../../../sidecar/contract.ts';
import type { Api, ApiObject } from '../api.ts';
import { installSecretProviderClasses } from '../support/secrets-store.ts';
import { until } from '../until.ts';
import { findCsiPrograms } from './csi-programs.ts';
import type { ClusterNode } from './node.ts';
import type { NodeCluster } from './node-cluster.ts';

/** Sockets as each node has them. */
const DRIVER_FOLDER = '/var/lib/kubelet/plugins/csi-secrets-store';
const DRIVER_SOCKET = `${DRIVER_FOLDER}/csi.sock`;
const REGISTRATION_SOCKET = `/var/lib/kubelet/plugins_registry/${SECRETS_STORE_DRIVER}-reg.sock`;
const PROVIDERS_FOLDER = '/run/secrets-store-csi-providers';

/** As the add-on of AKS has it, with rotation switched on. */
const CSI_DRIVER = {
  metadata: { name: SECRETS_STORE_DRIVER },
  spec: {
    podInfoOnMount: true,
    attachRequired: false,
    volumeLifecycleModes: ['Ephemeral'],
    requiresRepublish: true,
    tokenRequests: [{ audience: 'api://AzureADTokenExchange' }],
  },
};

const GROUP = 'secrets-store.csi.x-k8s.io';

/** The kind in which the driver keeps what a Pod has mounted. */
const POD_STATUS_KIND = {
  metadata: { name: `secretproviderclasspodstatuses.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: {
      kind: 'SecretProviderClassPodStatus',
      listKind: 'SecretProviderClassPodStatusList',
      plural: 'secretproviderclasspodstatuses',
      singular: 'secretproviderclasspodstatus',
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
};

type CsiNode = ApiObject & { spec: { drivers: { name: string }[] | null } };

/** The Secrets Store CSI driver on all nodes of a cluster, with vaults whose objects a test writes. */
export class SecretsStore {
  readonly #vaults: string;
  readonly #api: Api;
  #published = 0;

  private constructor(vaults: string, api: Api) {
    this.#vaults = vaults;
    this.#api = api;
  }

  /** Resolves when every kubelet knows the driver. */
  static async install(cluster: NodeCluster): Promise<SecretsStore> {
    const programs = await findCsiPrograms();
    if (!programs) throw new Error('No Secrets Store CSI driver: there is no Go to build it with');
    const { api, kubeconfig } = cluster.controlPlane;
    await installKinds(cluster);
    const vaults = path.join(cluster.folder, 'vaults');
    for (const node of cluster.nodes) await serve(node, { programs, kubeconfig, vaults });
    await until('all kubelets know the driver', async () => {
      await Promise.all(cluster.nodes.map((node) => node.assertRunning()));
      const nodes = await api.list<CsiNode>('/apis/storage.k8s.io/v1/csinodes');
      return nodes.every(({ spec }) =>
        spec.drivers?.some(({ name }) => name === SECRETS_STORE_DRIVER),
      );
    });
    return new SecretsStore(vaults, api);
  }

  /** Writes a new version of a secret; in a mount it is at the next publishing. */
  async write(vault: string, name: string, value: string): Promise<void> {
    const folder = path.join(this.#vaults, vault, 'secret');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `.${name}`), value);
    await rename(path.join(folder, `.${name}`), path.join(folder, name));
  }

  /** Has the kubelet publish the mounts of a Pod now, as it does by itself every one to two minutes. */
  async publish(pod: string): Promise<void> {
    this.#published += 1;
    const body = { metadata: { annotations: { 'example.test/published': `${this.#published}` } } };
    await this.#api.expect('PATCH', pod, { body });
  }
}

async function installKinds({ controlPlane }: NodeCluster): Promise<void> {
  const { api } = controlPlane;
  await api.expect('POST', '/apis/storage.k8s.io/v1/csidrivers', { body: CSI_DRIVER });
  const kinds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await api.expect('POST', kinds, { body: POD_STATUS_KIND });
  await installSecretProviderClasses(controlPlane);
  await until('the kind of the driver is served', async () => {
    const path = `/apis/${GROUP}/v1/secretproviderclasspodstatuses`;
    return (await api.request('GET', path)).status === 200;
  });
}

type Serving = {
  readonly programs: string;
  readonly kubeconfig: string;
  readonly vaults: string;
};

async function serve(node: ClusterNode, { programs, kubeconfig, vaults }: Serving): Promise<void> {
  await mkdir(path.join(node.folder, DRIVER_FOLDER), { recursive: true });
  await node.serve('azure', [
    path.join(programs, 'azure'),
    `-socket=${PROVIDERS_FOLDER}/azure.sock`,
    `-vaults=${vaults}`,
  ]);
  await node.serve('secrets-store-csi-driver', [
    path.join(programs, 'secrets-store-csi-driver'),
    `--kubeconfig=${kubeconfig}`,
    `--nodeid=${node.name}`,
    `--endpoint=unix://${DRIVER_SOCKET}`,
    `--provider-volume=${PROVIDERS_FOLDER}`,
    '--enable-secret-rotation',
    // Younger mounts are left alone.
    '--rotation-poll-interval=1s',
    // The nodes share a network, and so would they the port.
    '--metrics-addr=0',
  ]);
  await node.serve('registrar', [
    path.join(programs, 'registrar'),
    `-name=${SECRETS_STORE_DRIVER}`,
    `-endpoint=${DRIVER_SOCKET}`,
    `-registration=${REGISTRATION_SOCKET}`,
  ]);
}
