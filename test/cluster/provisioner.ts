import path from 'node:path';
import type { Api, ApiObject } from './api.ts';
import { type Background, repeat } from './background.ts';
import { type Node, ZONE_LABEL } from './nodes.ts';

type Claim = ApiObject & {
  spec: {
    accessModes: string[];
    resources: { requests: { storage: string } };
    storageClassName?: string;
    volumeName?: string;
  };
};

type StorageClass = ApiObject & {
  provisioner: string;
  parameters?: Record<string, string>;
  reclaimPolicy?: string;
};

/** Set by the scheduler on a claim of a class with WaitForFirstConsumer, once it has chosen a node. */
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

export type ProvisionerOptions = {
  /** A folder that all nodes see; each volume is a folder in it. Default: no bytes are stored, so no real Pod can start. */
  readonly folder?: string;
};

/**
 * Stands in for the CSI drivers of all StorageClasses: for each claim whose Pod has got a node it makes a
 * PersistentVolume bound to that claim. As Azure Disk does, a volume of a `_ZRS` class may be used
 * in all zones that have nodes, any other in the zone of the chosen node only. Volumes are never deleted.
 * Needs the controller manager and the scheduler.
 */
export function startProvisioner(api: Api, { folder }: ProvisionerOptions = {}): Background {
  const provisioned = new Set<string>();
  return repeat(async () => {
    for (const claim of await api.list<Claim>('/api/v1/persistentvolumeclaims')) {
      const uid = claim.metadata.uid ?? '';
      if (!isWaiting(claim) || provisioned.has(uid)) continue;
      await provision(api, claim, folder);
      provisioned.add(uid);
    }
  });
}

function isWaiting({ metadata, spec }: Claim): boolean {
  return !spec.volumeName && metadata.annotations?.[SELECTED_NODE] !== undefined;
}

async function provision(api: Api, claim: Claim, folder: string | undefined): Promise<void> {
  const { metadata, spec } = claim;
  const classPath = `/apis/storage.k8s.io/v1/storageclasses/${spec.storageClassName}`;
  const storageClass = await api.expect<StorageClass>('GET', classPath);
  const name = `pvc-${metadata.uid}`;
  const { namespace, uid } = metadata;
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      annotations: { 'pv.kubernetes.io/provisioned-by': storageClass.provisioner },
    },
    spec: {
      accessModes: spec.accessModes,
      capacity: { storage: spec.resources.requests.storage },
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace,
        name: metadata.name,
        uid,
      },
      ...(folder === undefined
        ? { csi: { driver: storageClass.provisioner, volumeHandle: name } }
        : { hostPath: { path: path.join(folder, name), type: 'DirectoryOrCreate' } }),
      nodeAffinity: { required: await reach(api, claim, storageClass) },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: spec.storageClassName,
    },
  };
  await api.expect('POST', '/api/v1/persistentvolumes', { body: volume });
}

/** The zones from which the volume can be used, as a node selector. */
async function reach(api: Api, claim: Claim, { parameters }: StorageClass): Promise<object> {
  const nodes = await api.list<Node>('/api/v1/nodes');
  const selected = claim.metadata.annotations?.[SELECTED_NODE];
  const isZoneRedundant = /_ZRS$/i.test(parameters?.skuName ?? parameters?.skuname ?? '');
  const reaching = nodes.filter(({ metadata }) => isZoneRedundant || metadata.name === selected);
  const values = [...new Set(reaching.map(({ metadata }) => metadata.labels?.[ZONE_LABEL]))];
  return {
    nodeSelectorTerms: [{ matchExpressions: [{ key: ZONE_LABEL, operator: 'In', values }] }],
  };
}
