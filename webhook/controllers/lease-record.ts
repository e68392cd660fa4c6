import type { KubeObject } from './objects.ts';

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
}

interface LeaseObject extends KubeObject {
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
  };
}

/** The Lease that says so; `renewed` in milliseconds since the epoch. */
export function leaseObject(
  name: string,
  { holder, duration, acquired, transitions, resourceVersion }: LeaseRecord,
  renewed: number,
): object {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, ...(resourceVersion !== '' && { resourceVersion }) },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.max(1, Math.round(duration / 1000)),
      acquireTime: acquired,
      renewTime: microTime(renewed),
      leaseTransitions: transitions,
    },
  };
}

/** Kubernetes wants six digits after the second. */
export function microTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
