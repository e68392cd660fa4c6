import type { OwnerReference } from './owner.ts';

/** Who leads, as a Lease (coordination.k8s.io/v1) tells it. */
export interface LeaseRecord {
  /** Empty where the last holder gave it up. */
  readonly holder: string;
  /** Milliseconds after which a holder that does not renew has lost it. */
  readonly duration: number;
  readonly acquired: string;
  readonly transitions: number;
  /** Changes with each renewal. */
  readonly resourceVersion: string;
  readonly owners: readonly OwnerReference[];
}

interface LeaseObject {
  readonly metadata?: {
    readonly resourceVersion?: string;
    readonly ownerReferences?: readonly OwnerReference[];
  };
  readonly spec?: {
    readonly holderIdentity?: string;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly leaseTransitions?: number;
  };
}

export function leaseRecord(object: unknown): LeaseRecord {
  const { metadata, spec = {} } = object as LeaseObject;
  return {
    holder: spec.holderIdentity ?? '',
    duration: (spec.leaseDurationSeconds ?? 0) * 1000,
    acquired: spec.acquireTime ?? '',
    transitions: spec.leaseTransitions ?? 0,
    resourceVersion: metadata?.resourceVersion ?? '',
    owners: metadata?.ownerReferences ?? [],
  };
}

/** The `spec` that says so; `renewed` in milliseconds since the epoch. */
export function leaseSpec(
  { holder, duration, acquired, transitions }: Omit<LeaseRecord, 'resourceVersion' | 'owners'>,
  renewed: number,
): object {
  return {
    holderIdentity: holder,
    leaseDurationSeconds: Math.max(1, Math.round(duration / 1000)),
    acquireTime: acquired,
    renewTime: microTime(renewed),
    leaseTransitions: transitions,
  };
}

/** Kubernetes wants six digits after the second. */
export function microTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
