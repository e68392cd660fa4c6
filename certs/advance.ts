import { X509Certificate } from 'node:crypto';
import { covers, hostsOf } from './inspect.ts';
import { issueAuthority, issueLeaf, type KeyedCertificate } from './issue.ts';
import type { Policy, Step } from './plan.ts';
import { asPem, type CertState, type Keyed } from './state.ts';

/** What a step needs to issue certificates. */
export interface Materials {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly hosts: readonly string[];
  readonly policy: Policy;
}

/** The state after a step of the plan for it. */
export async function advance(
  state: CertState,
  step: Step,
  materials: Materials,
): Promise<CertState> {
  const { issuer, next, trusted } = state;
  switch (step) {
    case 'keep':
      return state;
    case 'renew':
      return issuer ? withLeaf(state, issuer, materials) : state;
    case 'switch':
      return next ? withLeaf({ ...state, issuer: next, next: undefined }, next, materials) : state;
    case 'drop':
      return { ...state, trusted: [issuer, next].flatMap((ca) => (ca ? [ca.cert] : [])) };
    case 'stage': {
      const staged = await authority(materials);
      return { ...state, next: staged, trusted: [...trusted, staged.cert] };
    }
    case 'reset': {
      const fresh = await authority(materials);
      return withLeaf({ issuer: fresh, trusted: [fresh.cert] }, fresh, materials);
    }
  }
}

async function authority({ now, policy }: Materials): Promise<Keyed> {
  return keyed(await issueAuthority({ now, lifetime: policy.caLifetime }));
}

/** A leaf never outlives its CA. */
async function withLeaf(state: CertState, issuer: Keyed, materials: Materials): Promise<CertState> {
  const { now, policy } = materials;
  const lifetime = Math.min(policy.leafLifetime, issuer.cert.validToDate.getTime() - now);
  const hosts = hostsToName(state.leaf, materials);
  return { ...state, leaf: keyed(await issueLeaf(hosts, asPem(issuer), { now, lifetime })) };
}

/**
 * While an upgrade changes the names, replicas of both versions share one leaf: it then names what either of them wants,
 * or they would replace each other's for ever.
 */
function hostsToName(leaf: Keyed | undefined, { hosts, now }: Materials): string[] {
  const isMissed = leaf && leaf.cert.validToDate.getTime() > now && !covers(leaf.cert, hosts);
  return [...new Set([...hosts, ...(isMissed ? hostsOf(leaf.cert) : [])])];
}

function keyed({ cert, key }: KeyedCertificate): Keyed {
  return { cert: new X509Certificate(cert), key };
}
