import { Custodian } from '../../certs/custodian.ts';
import { readCertificates, verifies } from '../../certs/inspect.ts';
import { POLICY } from '../../certs/plan.ts';
import type { ServingCertificate } from '../../certs/source.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryLog } from './memory-log.ts';
import { MemoryStore } from './memory-store.ts';

interface Replica {
  custodian: Custodian;
  serves?: ServingCertificate;
}

/**
 * A cluster in small: some replicas, the Secret they share, and the bundle that the API server trusts. Replicas are told
 * of a change of the Secret before time goes on, as a watch does; the bundle is written whenever the test says.
 */
export class CertificateWorld {
  readonly clock = new ManualClock();
  readonly store = new MemoryStore();
  readonly log = new MemoryLog();
  readonly replicas: Replica[];
  bundle = '';
  #leader = 0;

  constructor(count: number) {
    this.replicas = Array.from({ length: count }, (_, index) => this.#start(index));
  }

  /** From now on that replica rotates. */
  elect(index: number): void {
    this.#leader = index;
  }

  /** The replica that rotates does what is due. */
  async lead(): Promise<void> {
    await this.look(this.#leader);
  }

  /** Kills a replica and starts another one, which remembers nothing. */
  kill(index: number): void {
    this.replicas[index] = this.#start(index);
  }

  /** A replica looks at the Secret, does what is due, and dies if that fails. The others hear of it. */
  async look(index: number): Promise<void> {
    await this.#settle(index).catch(() => this.kill(index));
    for (const other of this.replicas.keys()) await this.#settle(other);
  }

  /** The caBundle is written from what is stored. */
  publish(): void {
    this.bundle = this.store.stored?.files['ca.crt'] ?? this.bundle;
  }

  /** Was everything begun anew, so that the API server cannot trust it before the next `publish`? */
  wasReset(since: number): boolean {
    return this.log.lines
      .slice(since)
      .some(({ fields }) => 'step' in fields && fields.step === 'reset');
  }

  /** Does the API server trust every replica? */
  isTrusted(): boolean {
    const now = this.clock.now();
    return this.replicas.every(({ serves }) => !serves || verifies(serves.cert, this.bundle, now));
  }

  get leaves(): number {
    return new Set(this.replicas.map(({ serves }) => serves?.cert)).size;
  }

  get authorities(): number {
    return readCertificates(this.bundle).length;
  }

  async #settle(index: number): Promise<void> {
    const replica = this.replicas[index];
    if (replica) replica.serves = await replica.custodian.settle();
  }

  #start(index: number): Replica {
    const { store, clock, log } = this;
    const options = {
      store,
      hosts: ['zonekeeper.system.svc'],
      policy: POLICY,
      mayRotate: () => this.#leader === index,
      isPublished: (ca: object) => this.bundle.includes(`${ca}`),
    };
    return { custodian: new Custodian(options, { clock, log, random: () => 0 }) };
  }
}
