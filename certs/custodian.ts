import type { X509Certificate } from 'node:crypto';
import { advance } from './advance.ts';
import { type Plan, type Policy, plan, type Step } from './plan.ts';
import type { ServingCertificate } from './source.ts';
import { type CertState, readState, restoreAuthorities, serving, writeState } from './state.ts';
import type { Files, SecretStore, Stored } from './store.ts';
import type { Surroundings } from './surroundings.ts';

export interface CustodianOptions {
  readonly store: SecretStore;
  /** Host names and IP addresses that clients call. */
  readonly hosts: readonly string[];
  readonly policy: Policy;
  /** May this replica renew what is still good? What is missing or broken, any replica mends. */
  readonly mayRotate: () => boolean;
  /** Is this CA in the bundle that clients use at this moment? */
  readonly isPublished: (authority: X509Certificate) => boolean;
}

const MOST_RACES = 10;

/**
 * Keeps what a store holds in good order. What is stored is the truth, for all replicas: each step that is due is written
 * there before anybody serves its result, and of two writers the first wins.
 */
export class Custodian {
  readonly #options: CustodianOptions;
  readonly #surroundings: Surroundings;
  readonly #jitter: number;
  /** The last good content, from which a deleted or damaged CA comes back. */
  #good: Files = {};

  constructor(options: CustodianOptions, surroundings: Surroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#jitter = (surroundings.random ?? Math.random)();
  }

  /** Reads the store, takes the step that is due if any, and returns what is stored then. */
  async settle(): Promise<ServingCertificate> {
    for (let race = 0; race < MOST_RACES; race += 1) {
      const settled = await this.#proceed(await this.#options.store.read());
      if (settled) {
        this.#good = settled;
        return serving(settled);
      }
    }
    throw new Error(`the stored certificates were changed by others ${MOST_RACES} times in a row`);
  }

  /** Returns what is stored after the step that was due, or undefined if another writer was faster. */
  async #proceed(stored: Stored | undefined): Promise<Files | undefined> {
    const found = stored?.files ?? {};
    const files = restoreAuthorities(found, this.#good);
    const state = readState(files);
    const step = this.#allowed(this.#plan(state, stored));
    if (step === 'keep' && files === found) return files;
    const { hosts, policy } = this.#options;
    const now = this.#surroundings.clock.now();
    const next = writeState(await advance(state, step, { now, hosts, policy }));
    if ((await this.#write(next, stored, step)) === 'lost') return undefined;
    this.#surroundings.log.info({ step, restored: files !== found }, 'stored new certificates');
    return next;
  }

  #plan(state: CertState, stored: Stored | undefined): Plan {
    const { hosts, policy, isPublished } = this.#options;
    const now = this.#surroundings.clock.now();
    const rotationAsked = stored?.rotationAsked ?? false;
    return plan(state, { now, hosts, isPublished, rotationAsked, jitter: this.#jitter }, policy);
  }

  #allowed({ step, urgent }: Plan): Step {
    return urgent || this.#options.mayRotate() ? step : 'keep';
  }

  async #write(files: Files, stored: Stored | undefined, step: Step): Promise<'done' | 'lost'> {
    const { store } = this.#options;
    if (!stored) return store.create(files);
    const rotationAsked = stored.rotationAsked && step !== 'stage' && step !== 'reset';
    return store.update({ ...stored, files, rotationAsked });
  }
}
