import t from 'tap';
import { inspectClasses } from '../../../../webhook/core/inspect/classes.ts';
import type { StorageClassFacts } from '../../../../webhook/core/view.ts';
import { ZRS } from '../../../support/cluster-view.ts';
import { inspected } from '../../../support/inspected.ts';
import { claim, manifest } from '../../../support/statefulset.ts';

const SHARED: StorageClassFacts = {
  provisioner: 'disk2.csi.azure.com',
  parameters: { skuName: 'Premium_ZRS', maxShares: '5' },
};
const CLASSES: Readonly<Record<string, StorageClassFacts>> = {
  zrs: ZRS,
  shared: SHARED,
  lrs: { provisioner: 'disk.csi.azure.com', parameters: { skuname: 'StandardSSD_LRS' } },
  files: { provisioner: 'file.csi.azure.com', parameters: { skuName: 'Premium_ZRS' } },
  local: { provisioner: 'local-path', parameters: {} },
  v2only: {
    provisioner: 'disk.csi.azure.com',
    parameters: { ...ZRS.parameters, maxMountReplicaCount: '1' },
  },
};

function warnings(...specs: object[]): string[] {
  const claims = specs.map((spec, index) => claim(`claim${index}`, { ...spec }));
  const view = { storageClasses: new Map(Object.entries(CLASSES)) };
  return inspectClasses(inspected(manifest({ claims }), view)).map(
    ({ code, found }) => `${code} ${found}`,
  );
}

t.test('of a zone-redundant class nothing is said', async (t) => {
  t.same(warnings({ storageClassName: 'zrs' }, { storageClassName: 'files' }), []);
});

t.test('claim templates that name no class, or the empty one, are passed over', async (t) => {
  t.same(warnings({}, { storageClassName: '' }), []);
});

t.test('a class that does not exist is told of once', async (t) => {
  t.same(warnings({ storageClassName: 'none-such' }, { storageClassName: 'none-such' }), [
    'ZK202 StorageClass "none-such" does not exist',
  ]);
});

t.test('a class is known by its SKU, not by its name', async (t) => {
  t.same(warnings({ storageClassName: 'lrs' }, { storageClassName: 'local' }), [
    'ZK203 StorageClass "lrs" has SKU StandardSSD_LRS',
    'ZK203 StorageClass "local" has provisioner local-path and no SKU',
  ]);
});

t.test('parameters that the driver refuses are told of once', async (t) => {
  t.same(warnings({ storageClassName: 'v2only' }, { storageClassName: 'v2only' }), [
    'ZK204 StorageClass "v2only" sets maxMountReplicaCount',
  ]);
});

t.test('a disk is written from one node, unless it is a shared block device', async (t) => {
  const shared = { storageClassName: 'shared', resources: { requests: { storage: '1Ti' } } };
  const modes = (volumeMode: string, mode: string) => ({ volumeMode, accessModes: [mode] });
  t.same(warnings({ storageClassName: 'zrs', accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }), [
    'ZK205 claim template "claim0" asks for ReadWriteMany on an Azure Disk',
  ]);
  t.same(warnings({ storageClassName: 'zrs', ...modes('Block', 'ReadOnlyMany') }), [
    'ZK205 claim template "claim0" asks for ReadOnlyMany on an Azure Disk',
  ]);
  t.same(warnings({ ...shared, ...modes('Filesystem', 'ReadWriteMany') }).length, 1);
  t.same(warnings({ ...shared, ...modes('Block', 'ReadWriteMany') }), []);
  t.same(warnings({ ...shared, accessModes: ['ReadWriteOncePod'] }), []);
  t.same(warnings({ storageClassName: 'files', accessModes: ['ReadWriteMany'] }), []);
});

t.test('shares that the size does not allow are told of for each claim template', async (t) => {
  const sized = (storage: unknown) => ({
    storageClassName: 'shared',
    resources: { requests: { storage } },
  });
  t.same(
    warnings(sized('10Gi'), sized('1Ti'), sized(1024), sized('much'), {
      storageClassName: 'shared',
      resources: null,
    }),
    [
      'ZK206 claim template "claim0" asks for 10Gi with maxShares 5',
      'ZK206 claim template "claim2" asks for 1024 with maxShares 5',
    ],
  );
});

t.test('the class of a beta annotation is the one that counts', async (t) => {
  const metadata = { annotations: { 'volume.beta.kubernetes.io/storage-class': 'lrs' } };
  const set = manifest({ claims: [claim('data', { storageClassName: 'zrs' }, metadata)] });
  const view = { storageClasses: new Map(Object.entries(CLASSES)) };
  t.match(inspectClasses(inspected(set, view)), [{ code: 'ZK203', found: /"lrs"/ }]);
});

t.test('without knowledge of the classes nothing is said', async (t) => {
  const set = manifest({ claims: [claim('data', { storageClassName: 'none-such' })] });
  t.same(inspectClasses(inspected(set, {})), []);
  t.same(
    inspectClasses(
      inspected(manifest({ spec: { volumeClaimTemplates: null } }), { storageClasses: new Map() }),
    ),
    [],
  );
});
