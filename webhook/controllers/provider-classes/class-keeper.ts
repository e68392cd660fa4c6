import { backoff } from '../../../certs/backoff.ts';
import type { Surroundings } from '../../../certs/surroundings.ts';
import { type Problem, problem } from '../../core/problems.ts';
import type { SecretProviderClass } from '../../core/secrets/provider-class.ts';
import type { Kube } from '../kube.ts';
import { isConflict } from '../kube-error.ts';
import { type ClassFacts, classFacts, digestOf } from './class-facts.ts';
import { createClass, readClass, restoreClass } from './class-writer.ts';
import { readLiveSet } from './live-set.ts';
import { failureOf } from './refusals.ts';
import type { SetEvents } from './set-events.ts';
import type { SetFacts } from './set-facts.ts';

/** What keeps a class from being in order, for whoever counts. */
export type Trouble = 'clash' | 'refused';

/** Until a class that was refused is tried again. */
const REFUSED_PAUSE = 300_000;
/** Whoever changes a class again within that time is answered ever more slowly. */
const PEACE = 60_000;

interface Dispute {
  readonly count: number;
  readonly restoredAt: number;
  /** Before that it is not put back again. */
  readonly until: number;
}

export interface ClassKeeperOptions {
  readonly kube: Kube;
  readonly events: SetEvents;
  readonly onTrouble: (trouble: Trouble) => void;
  readonly surroundings: Surroundings;
}

/** Brings one class into order: creates it, puts it back, or leaves it to somebody else. */
export class ClassKeeper {
  readonly #options: ClassKeeperOptions;
  readonly #disputes = new Map<string, Dispute>();

  constructor(options: ClassKeeperOptions) {
    this.#options = options;
  }

  /**
   * `found` is the class as it was last seen, undefined if there was none. Resolves with the milliseconds after which to look
   * again, if at all. Rejects with what the API server answers, unless that is a refusal of the class itself.
   */
  async keep(
    wanted: SecretProviderClass,
    set: SetFacts,
    found: ClassFacts | undefined,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    try {
      if (found) return await this.#settle(wanted, set, found, signal);
      return await this.#create(wanted, set, signal);
    } catch (error) {
      if (signal.aborted || failureOf(error) !== 'refused') throw error;
      const { name } = wanted.metadata;
      const detail = (error as Error).message;
      await this.#tell('refused', problem('ZK602', { class: name, detail }), wanted, set, signal);
      return REFUSED_PAUSE;
    }
  }

  async #create(
    wanted: SecretProviderClass,
    set: SetFacts,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const { kube } = this.#options;
    const { name } = wanted.metadata;
    try {
      await createClass(kube, wanted, set, signal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const found = classFacts(await readClass(kube, set.namespace, name, signal));
      return this.#settle(wanted, set, found, signal);
    }
    this.#say('made a SecretProviderClass', wanted, set);
    return undefined;
  }

  /** What was never written by this controller is somebody else's: left alone, and right if it holds the same. */
  async #settle(
    wanted: SecretProviderClass,
    set: SetFacts,
    found: ClassFacts,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    if (found.isDeleting) return undefined;
    const { name } = wanted.metadata;
    const isSame = found.digest === digestOf(wanted.spec);
    if (!found.isMade && !isSame) {
      const clash = problem('ZK601', { class: name });
      await this.#tell('clash', clash, wanted, set, signal);
      return this.#options.events.pause(set, name, clash);
    }
    this.#options.events.forget(set, name);
    const isOwned = found.sets.some(({ uid }) => uid === set.uid);
    if (isSame && (isOwned || !found.isMade)) return undefined;
    return this.#restore(wanted, set, signal);
  }

  async #restore(
    wanted: SecretProviderClass,
    set: SetFacts,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const { kube, surroundings } = this.#options;
    const { name } = wanted.metadata;
    const key = `${set.namespace}/${name}`;
    const now = surroundings.clock.now();
    this.#forgetDisputes(now - PEACE);
    const { count = 0, until = now } = this.#disputes.get(key) ?? {};
    if (now < until) return until - now;
    // A class that loses its set by `--cascade=orphan` must not get it back: it would be collected with it.
    if ((await readLiveSet(kube, set, signal)) === undefined) return undefined;
    await restoreClass(
      kube,
      await readClass(kube, set.namespace, name, signal),
      wanted,
      set,
      signal,
    );
    const patience = backoff(count + 1, surroundings.random);
    this.#disputes.set(key, { count: count + 1, restoredAt: now, until: now + patience });
    this.#say('put a SecretProviderClass back', wanted, set);
    return undefined;
  }

  #forgetDisputes(time: number): void {
    for (const [key, { restoredAt }] of this.#disputes) {
      if (restoredAt <= time) this.#disputes.delete(key);
    }
  }

  #say(message: string, { metadata }: SecretProviderClass, { namespace, name }: SetFacts): void {
    this.#options.surroundings.log.info({ namespace, name, class: metadata.name }, message);
  }

  async #tell(
    trouble: Trouble,
    what: Problem,
    { metadata }: SecretProviderClass,
    set: SetFacts,
    signal: AbortSignal,
  ): Promise<void> {
    const { events, onTrouble } = this.#options;
    const reason =
      trouble === 'clash' ? 'SecretProviderClassConflict' : 'SecretProviderClassRefused';
    if (await events.tell(set, metadata.name, reason, what, signal)) onTrouble(trouble);
  }
}
