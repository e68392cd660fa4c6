import type { ClusterView, StorageClassFacts } from '../../webhook/core/view.ts';
import { NOW } from './context.ts';

export const ZRS: StorageClassFacts = {
  provisioner: 'disk.csi.azure.com',
  parameters: { skuName: 'StandardSSD_ZRS' },
};

/** A cluster in which nothing is wrong with what the shipped configuration sets. */
export const SOUND_VIEW: ClusterView = {
  version: { major: 1, minor: 36 },
  storageClasses: new Map([
    ['zonekeeper-zrs', ZRS],
    [
      'azuredisk-standard-ssd-zrs-replicas',
      {
        provisioner: 'disk2.csi.azure.com',
        parameters: { skuName: 'StandardSSD_ZRS', maxShares: '3' },
      },
    ],
  ]),
  leases: new Map([['kube-system/csi-azuredisk-scheduler-extender', { renewedAt: NOW - 2_000 }]]),
  claims: new Map(),
  secretProviderClasses: new Map([
    ['shop/mysql-secrets', { provider: 'azure', vault: 'contoso-prod', objects: [] }],
  ]),
};
