import type { X509Certificate } from 'node:crypto';
import { covers, isSignedBy, renewalTime } from './inspect.ts';
import { BACKDATE } from './issue.ts';
import type { CertState, Keyed } from './state.ts';

/** Lifetimes and waiting times, in milliseconds. */
export interface Policy {
  readonly leafLifetime: number;
  readonly caLifetime: number;
  /** How long a new CA stays published before leaves are signed with it: the time that every API server takes to see it. */
  readonly publishFor: number;
  /** How long leaves of the new CA are served before the old one is dropped from the bundle. */
  readonly settleFor: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** CA 5 years, leaf 90 days; a new CA is published for 2 minutes and an old one dropped after a day. */
export const POLICY: Policy = {
  leafLifetime: 90 * DAY,
  caLifetime: 5 * 365 * DAY,
  publishFor: 2 * MINUTE,
  settleFor: DAY,
};

/** What matters to the plan beside the certificates themselves. */
export interface Situation {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Host names and IP addresses that the leaf has to name. */
  readonly hosts: readonly string[];
  /** Is this CA in the bundle that clients use at this moment? */
  readonly isPublished: (authority: X509Certificate) => boolean;
  /** Did an administrator ask for a new CA? */
  readonly rotationAsked: boolean;
  /** In [0, 1): renewal comes earlier by that part of a twentieth of the lifetime. */
  readonly jitter: number;
}

/**
 * - `keep`: all is well;
 * - `renew`: a new leaf of the same CA;
 * - `reset`: a new CA and leaf at once, because nothing of the old is of use;
 * - `stage`: a new CA is added to the bundle (first phase of a rotation);
 * - `switch`: the new CA takes over and signs a leaf, the old stays in the bundle (second phase);
 * - `drop`: the old CA leaves the bundle (third phase).
 */
export type Step = 'keep' | 'renew' | 'reset' | 'stage' | 'switch' | 'drop';

export interface Plan {
  readonly step: Step;
  /**
   * Is there nothing good to serve until it is done, or soon will be? Then whoever finds out does it, else the leader:
   * renewal does not depend on there being one.
   */
  readonly urgent: boolean;
}

/**
 * The next step for these certificates. What phase a rotation is in follows from them alone, so it goes on wherever the
 * last writer stopped.
 */
export function plan(state: CertState, situation: Situation, policy: Policy): Plan {
  const { now } = situation;
  if (!serves(state, situation)) {
    if (works(state.issuer, now)) return { step: 'renew', urgent: true };
    return { step: works(state.next, now) ? 'switch' : 'reset', urgent: true };
  }
  const step = rotation(state, situation, policy) ?? upkeep(state, situation, policy);
  return { step, urgent: isLate(state.leaf, now) || isLate(state.issuer, now) };
}

/** Can the leaf be served: for these hosts, and verified by somebody who trusts the bundle? */
function serves({ leaf, trusted }: CertState, { now, hosts }: Situation): boolean {
  if (!leaf || isExpired(leaf.cert, now) || !covers(leaf.cert, hosts)) return false;
  return trusted.some((ca) => !isExpired(ca, now) && isSignedBy(leaf.cert, ca));
}

function rotation(state: CertState, situation: Situation, policy: Policy): Step | undefined {
  const { issuer, next } = state;
  const { now, isPublished, rotationAsked } = situation;
  if (next && works(next, now)) {
    const publishedLongEnough = now >= issuedAt(next.cert) + policy.publishFor;
    return publishedLongEnough && isPublished(next.cert) ? 'switch' : undefined;
  }
  const due = !issuer || rotationAsked || now >= jittered(issuer.cert, situation);
  return due ? 'stage' : undefined;
}

function upkeep(
  { leaf, issuer, next, trusted }: CertState,
  situation: Situation,
  policy: Policy,
): Step {
  const { now } = situation;
  if (!leaf || !issuer || isExpired(issuer.cert, now)) return 'keep';
  if (!isSignedBy(leaf.cert, issuer.cert) || now >= jittered(leaf.cert, situation)) return 'renew';
  const superfluous = trusted.filter(
    (ca) => !isSame(ca, issuer.cert) && !(next && isSame(ca, next.cert)),
  );
  const settled = now >= issuedAt(leaf.cert) + policy.settleFor;
  if (superfluous.length > 0 && settled) return 'drop';
  return 'keep';
}

/** Has it less than a tenth of its lifetime left? The leader would have replaced it long ago. */
function isLate(keyed: Keyed | undefined, now: number): boolean {
  if (!keyed) return false;
  const { validFromDate, validToDate } = keyed.cert;
  const end = validToDate.getTime();
  return now >= end - (end - validFromDate.getTime()) / 10;
}

function works(authority: Keyed | undefined, now: number): boolean {
  return authority !== undefined && !isExpired(authority.cert, now);
}

/**
 * The beginning of validity is not looked at: a certificate that a replica with a faster clock has just issued is no
 * reason to issue another.
 */
function isExpired(certificate: X509Certificate, now: number): boolean {
  return now >= certificate.validToDate.getTime();
}

function issuedAt(certificate: X509Certificate): number {
  return certificate.validFromDate.getTime() + BACKDATE;
}

function jittered(certificate: X509Certificate, { jitter }: Situation): number {
  const lifetime = certificate.validToDate.getTime() - certificate.validFromDate.getTime();
  return renewalTime(certificate) - (jitter * lifetime) / 20;
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256;
}
