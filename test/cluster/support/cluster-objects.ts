/** A class of the Azure Disk driver. */
export function storageClass(name: string, parameters: Readonly<Record<string, string>>): object {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'disk.csi.azure.com',
    parameters,
    volumeBindingMode: 'WaitForFirstConsumer',
  };
}

/** The Lease by which a scheduler of that name shows that it runs. */
export function lease(name: string, renewed: Date): object {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-system' },
    spec: { holderIdentity: name, renewTime: renewed.toISOString().replace('Z', '000Z') },
  };
}
