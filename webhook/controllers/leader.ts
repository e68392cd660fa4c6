import { Outage } from '../../certs/outage.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import type { Kube } from './kube.ts';
import { isConflict, isNotFound } from './kube-error.ts';
import { type LeaseRecord, leaseRecord, leaseSpec, microTime } from './lease-record.ts';
import { addOwner, type Owner } from './owner.ts';

export interface LeaderOptions {
  readonly namespace: string;
  /** Of the Lease. */
  readonly name: string;
  /** Of this replica; no other has it. */
  readonly identity: string;
  /** Milliseconds after which a leader that does not renew is replaced; default 15 s, at least 1 s. */
  readonly duration?: number;
  /** Set when the Lease is created; default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** With which the Lease goes; it is not created without it. Default: none, the Lease stays. */
  readonly owner?: Owner;
  /** Called when this replica begins to lead, and when it has ceased to. */
  readonly onChange?: () => void;
}

/** One of several replicas leads, by a Lease. */
export interface Leader {
  /** Resolves when the signal is aborted and the Lease is given up; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Does this replica lead at this moment? A replica that was frozen does not, as soon as it goes on. */
  isLeader(): boolean;
}

const DURATION = 15_000;
const RELEASE_TIMEOUT = 2_000;

export function electLeader(
  kube: Kube,
  options: LeaderOptions,
  surroundings: Surroundings,
): Leader {
  return new LeaseLeader(kube, options, surroundings);
}

/**
 * The rules of client-go (tools/leaderelection, Kubernetes 1.36): who leads writes the Lease every few seconds; a
 * replica that has seen no write for its whole duration, by its own clock, takes it over. A write is based on what was
 * read, so of two replicas one wins.
 */
class LeaseLeader implements Leader {
  readonly #kube: Kube;
  readonly #options: LeaderOptions & { readonly duration: number };
  readonly #surroundings: Surroundings;
  readonly #outage: Outage;
  readonly #collection: string;
  #seen: { readonly resourceVersion: string; readonly at: number } | undefined;
  #leadsUntil = Number.NEGATIVE_INFINITY;
  #toldToLead = false;

  constructor(kube: Kube, options: LeaderOptions, surroundings: Surroundings) {
    this.#kube = kube;
    this.#options = { duration: DURATION, ...options };
    this.#surroundings = surroundings;
    const { namespace, name } = options;
    this.#collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    this.#outage = new Outage(surroundings, 'cannot read or renew the Lease', { name });
  }

  isLeader(): boolean {
    return this.#surroundings.clock.now() < this.#leadsUntil;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, random = Math.random } = this.#surroundings;
    while (!signal.aborted) {
      await this.#turn(signal).catch((error: unknown) => this.#excuse(error, signal));
      this.#tell();
      // From a tenth to a fifth of the duration, so that several attempts fit into it.
      await clock.sleep((this.#options.duration / 10) * (1 + random()), signal);
    }
    await this.#release();
    this.#tell();
  }

  #tell(): void {
    if (this.#toldToLead === this.isLeader()) return;
    this.#toldToLead = this.isLeader();
    this.#options.onChange?.();
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const record = await this.#read(signal);
    this.#outage.over();
    if (record && !this.#isFree(record)) this.#follow(record.holder);
    else await this.#lead(record, signal);
  }

  /** A write that was too late is no failure: the next turn sees who won. */
  #excuse(error: unknown, signal: AbortSignal): void {
    if (isConflict(error)) this.#leadsUntil = Number.NEGATIVE_INFINITY;
    else if (!signal.aborted) this.#outage.failed(error);
  }

  async #read(signal: AbortSignal): Promise<LeaseRecord | undefined> {
    const path = `${this.#collection}/${this.#options.name}`;
    try {
      return leaseRecord(await this.#kube.request({ method: 'GET', path }, signal));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Is it this replica's, nobody's, or of somebody who has not renewed it for its whole duration? */
  #isFree({ holder, duration, resourceVersion }: LeaseRecord): boolean {
    if (holder === '' || holder === this.#options.identity) return true;
    const now = this.#surroundings.clock.now();
    if (this.#seen?.resourceVersion !== resourceVersion) this.#seen = { resourceVersion, at: now };
    return now >= this.#seen.at + duration;
  }

  #follow(holder: string): void {
    const { name } = this.#options;
    if (this.isLeader()) this.#surroundings.log.warn({ name, holder }, 'no longer leading');
    this.#leadsUntil = Number.NEGATIVE_INFINITY;
  }

  /** The time to lead counts from before the write, and is shorter than others wait: no two lead at once. */
  async #lead(found: LeaseRecord | undefined, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#surroundings;
    const { identity, name, duration } = this.#options;
    const now = clock.now();
    const isRenewal = found?.holder === identity;
    const record = {
      holder: identity,
      duration,
      acquired: isRenewal ? found.acquired : microTime(now),
      transitions: found ? found.transitions + (isRenewal ? 0 : 1) : 0,
    };
    await this.#write(found, leaseSpec(record, now), signal);
    if (!this.isLeader()) log.info({ name, identity }, 'leading');
    this.#leadsUntil = now + (duration * 2) / 3;
  }

  /** Based on what was found, so that it loses if somebody else has written since. */
  async #write(found: LeaseRecord | undefined, spec: object, signal: AbortSignal): Promise<void> {
    const { namespace, name, owner, labels } = this.#options;
    const ownerReferences = await addOwner(this.#kube, namespace, owner, found?.owners);
    const more = ownerReferences && { ownerReferences };
    if (!found) {
      const body = { metadata: { name, ...(labels && { labels }), ...more }, spec };
      await this.#kube.request({ method: 'POST', path: this.#collection, body }, signal);
      return;
    }
    const request = {
      method: 'PATCH',
      path: `${this.#collection}/${name}`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { resourceVersion: found.resourceVersion, ...more }, spec },
    } as const;
    await this.#kube.request(request, signal);
  }

  /** Otherwise the next leader would wait for its end. */
  async #release(): Promise<void> {
    if (!this.isLeader()) return;
    this.#leadsUntil = Number.NEGATIVE_INFINITY;
    const soon = AbortSignal.timeout(RELEASE_TIMEOUT);
    try {
      const record = await this.#read(soon);
      if (record?.holder !== this.#options.identity) return;
      const spec = leaseSpec({ ...record, holder: '' }, this.#surroundings.clock.now());
      await this.#write(record, spec, soon);
    } catch {
      // Then it ends by itself.
    }
  }
}
