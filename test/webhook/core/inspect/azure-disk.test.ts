import t from 'tap';
import { diskClass, shareLimit } from '../../../../webhook/core/inspect/azure-disk.ts';

const V1 = 'disk.csi.azure.com';
const V2 = 'disk2.csi.azure.com';

function of(provisioner: string, parameters: Record<string, string>) {
  return diskClass({ provisioner, parameters });
}

function refusals(provisioner: string, parameters: Record<string, string>): string[] {
  return (of(provisioner, parameters)?.refused ?? []).map(({ parameter }) => parameter);
}

t.test('a class of another driver is no disk class', async (t) => {
  t.equal(of('file.csi.azure.com', { skuName: 'Premium_ZRS' }), undefined);
});

t.test('the SKU is found under each of its names, in any case', async (t) => {
  for (const key of ['skuName', 'skuname', 'SKUNAME', 'storageAccountType', 'storageaccounttype']) {
    t.equal(of(V1, { [key]: 'StandardSSD_ZRS' })?.sku, 'StandardSSD_ZRS', key);
  }
  t.equal(of('kubernetes.io/azure-disk', { skuName: 'Premium_LRS' })?.sku, 'Premium_LRS');
  t.equal(of(V2, {})?.sku, undefined);
});

t.test('a SKU that Azure does not know is refused, case included', async (t) => {
  for (const sku of ['standardssd_zrs', 'PremiumV2_ZRS', 'UltraSSD_ZRS', '']) {
    t.same(refusals(V1, { skuName: sku }), [`skuName ${sku}`]);
  }
  t.same(refusals(V1, { skuName: 'PremiumV2_LRS' }), []);
});

t.test('a disk has one share unless a whole number above that is asked for', async (t) => {
  const sharesOf = (maxShares: string) => of(V2, { maxShares })?.maxShares;
  t.equal(of(V2, {})?.maxShares, 1);
  t.same(['3', '1', '0', '-1', '2.5', 'many', ''].map(sharesOf), [3, 1, 1, 1, 1, 1, 1]);
});

t.test('V1 refuses the parameter of V2', async (t) => {
  t.same(refusals(V1, { maxMountReplicaCount: '2' }), ['maxMountReplicaCount']);
  t.same(refusals(V2, { maxMountReplicaCount: '2' }), []);
});

t.test(
  'a shared disk has no host cache, and V1 asks for one unless it is told not to',
  async (t) => {
    const shared = { skuName: 'Premium_ZRS', maxShares: '3' };
    t.same(refusals(V1, shared), ['maxShares 3 with cachingMode unset']);
    t.same(refusals(V2, shared), []);
    for (const provisioner of [V1, V2]) {
      t.same(refusals(provisioner, { ...shared, cachingMode: 'None' }), []);
      t.same(refusals(provisioner, { ...shared, cachingmode: 'ReadOnly' }), [
        'maxShares 3 with cachingMode ReadOnly',
      ]);
    }
    t.same(refusals(V1, { ...shared, maxShares: '2' }), ['maxShares 2 with cachingMode unset']);
    t.same(refusals(V1, { skuName: 'Premium_ZRS', cachingMode: 'ReadOnly' }), []);
  },
);

t.test('Azure bounds the shares by the size of the disk', async (t) => {
  const limitOf = (skuName: string, gib: number) => {
    const disk = of(V2, { skuName });
    return disk && shareLimit(disk, gib * 2 ** 30);
  };
  t.same(
    [1, 512, 513, 4096, 4097].map((gib) => limitOf('Premium_ZRS', gib)),
    [3, 3, 5, 5, 10],
  );
  t.equal(limitOf('StandardSSD_LRS', 10), 3);
  for (const sku of ['UltraSSD_LRS', 'PremiumV2_LRS', 'Standard_LRS']) {
    t.equal(limitOf(sku, 10), undefined, sku);
  }
  const unknown = of(V2, {});
  t.equal(unknown && shareLimit(unknown, 1), undefined);
});
