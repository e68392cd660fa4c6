import type { V1StorageClass } from '@kubernetes/client-node';
import t from 'tap';
import { all, refusal, render, type Values } from '../support/chart.ts';

async function classes(storageClasses: Values = {}) {
  return all<V1StorageClass>(await render({ storageClasses }), 'StorageClass');
}

const names = (found: readonly V1StorageClass[]) => found.map(({ metadata }) => metadata?.name);

t.test('two zone-redundant classes of AKS’s own driver are created', async (t) => {
  const found = await classes();
  t.strictSame(
    found.map(({ metadata, provisioner, parameters }) => [metadata.name, provisioner, parameters]),
    [
      ['zonekeeper-zrs', 'disk.csi.azure.com', { skuName: 'StandardSSD_ZRS' }],
      ['zonekeeper-premium-zrs', 'disk.csi.azure.com', { skuName: 'Premium_ZRS' }],
    ],
  );
});

t.test('every class waits for its pod, can grow and is kept on uninstall', async (t) => {
  const found = await classes({ azureDiskV2: { enabled: true } });
  t.equal(found.length, 4);
  for (const storageClass of found) {
    t.match(storageClass, {
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      reclaimPolicy: 'Delete',
    });
    t.strictSame(storageClass.metadata.annotations, { 'helm.sh/resource-policy': 'keep' });
  }
});

t.test('classes go with the release, and disks stay, by value', async (t) => {
  for (const storageClass of await classes({ keep: false, reclaimPolicy: 'Retain' })) {
    t.notOk('annotations' in storageClass.metadata);
    t.equal(storageClass.reclaimPolicy, 'Retain');
  }
});

t.test('each class has a switch', async (t) => {
  const off = { create: false };
  t.strictSame(names(await classes({ standard: off })), ['zonekeeper-premium-zrs']);
  t.strictSame(names(await classes({ premium: off })), ['zonekeeper-zrs']);
  const v2 = (values: Values) =>
    classes({ standard: off, premium: off, azureDiskV2: { enabled: true, ...values } });
  t.strictSame(names(await v2({ standard: off })), ['azuredisk-premium-ssd-zrs-replicas']);
  t.strictSame(names(await v2({ premium: off })), ['azuredisk-standard-ssd-zrs-replicas']);
});

t.test('the replica classes share a disk, uncached, by the driver that is named', async (t) => {
  const found = await classes({
    azureDiskV2: { enabled: true, provisioner: 'disk.csi.azure.com', maxShares: 2 },
  });
  t.strictSame(
    found.slice(2).map(({ provisioner, parameters }) => [provisioner, parameters]),
    ['StandardSSD_ZRS', 'Premium_ZRS'].map((skuName) => [
      'disk.csi.azure.com',
      { skuName, maxShares: '2', cachingMode: 'None' },
    ]),
  );
  const [, , replicas] = await classes({ azureDiskV2: { enabled: true } });
  t.equal(replicas?.provisioner, 'disk2.csi.azure.com');
  t.equal(replicas?.parameters?.maxShares, '3');
});

t.test('further parameters go to the classes of their driver alone', async (t) => {
  const found = await classes({
    parameters: { tags: 'team=data' },
    azureDiskV2: { enabled: true, parameters: { maxMountReplicaCount: '1' } },
  });
  t.strictSame(
    found.map(({ parameters }) => [parameters?.tags, parameters?.maxMountReplicaCount]),
    [
      ['team=data', undefined],
      ['team=data', undefined],
      [undefined, '1'],
      [undefined, '1'],
    ],
  );
});

t.test('a parameter that would take the zones away is refused in any spelling', async (t) => {
  t.match(
    await refusal({ storageClasses: { parameters: { SKUNAME: 'Premium_LRS' } } }),
    /storageClasses\.parameters\.SKUNAME: the class sets this parameter itself; remove it/,
  );
  t.match(
    await refusal({ storageClasses: { parameters: { storageaccounttype: 'Premium_LRS' } } }),
    /the class sets this parameter itself/,
  );
  t.match(
    await refusal({ storageClasses: { azureDiskV2: { parameters: { cachingmode: 'ReadOnly' } } } }),
    /storageClasses\.azureDiskV2\.parameters\.cachingmode: the class sets/,
  );
});
