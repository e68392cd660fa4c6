import { randomUUID } from 'node:crypto';
import type { ClusterSettings } from './config.ts';
import type { LeaderOptions } from './controllers/leader.ts';
import type { Owner } from './controllers/owner.ts';

/** Objects of the webhook's own are found by these: no chart lists them. */
const LABELS = {
  'app.kubernetes.io/name': 'zonekeeper',
  'app.kubernetes.io/managed-by': 'zonekeeper',
};

export interface KeptObjects {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly owner?: Owner;
}

/** What Secret and Leases that the webhook makes have in common. */
export function keptObjects({ namespace, owner: name }: ClusterSettings): KeptObjects {
  const owner = name === undefined ? {} : { owner: { kind: 'ConfigMap', name } as const };
  return { namespace, labels: LABELS, ...owner };
}

/** A Lease of that name for this replica, which no other is taken for. */
export function leaseOf(name: string, settings: ClusterSettings): LeaderOptions {
  const { pod = settings.service } = settings;
  return { ...keptObjects(settings), name, identity: `${pod}_${randomUUID()}` };
}
