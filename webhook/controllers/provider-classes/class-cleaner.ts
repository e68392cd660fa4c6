import type { Surroundings } from '../../../certs/surroundings.ts';
import { classesOf } from '../../core/secrets/classes-of.ts';
import type { Kube } from '../kube.ts';
import type { ClassFacts } from './class-facts.ts';
import { deleteClass } from './class-writer.ts';
import { readLiveSet } from './live-set.ts';
import { failureOf } from './refusals.ts';
import { asStatefulSet, type SetIdentity, setFacts } from './set-facts.ts';
import { classesInUse, classesMounted } from './usage.ts';

/** Between two looks at what uses a class: soon after a change of the set, then ever more rarely. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 1_800_000;

interface Look {
  readonly at: number;
  readonly count: number;
  /** Of the set at that look. */
  readonly resourceVersion: string;
}

export interface ClassCleanerOptions {
  readonly kube: Kube;
  readonly surroundings: Surroundings;
}

/**
 * Removes classes that a set asks for no more, as soon as none of its pods and ControllerRevisions needs them. These are
 * looked at when it matters: to watch every pod of a cluster would cost far more than all the rest.
 */
export class ClassCleaner {
  readonly #options: ClassCleanerOptions;
  readonly #looks = new Map<string, Look>();

  constructor(options: ClassCleanerOptions) {
    this.#options = options;
  }

  /** There is nothing to remove under that key any more. */
  forget(key: string): void {
    this.#looks.delete(key);
  }

  /**
   * Removes which of these classes of a set are not in use. Resolves with the milliseconds after which to look again, if any
   * is left.
   */
  async cleanSet(
    key: string,
    { namespace, name, uid, resourceVersion }: SetIdentity,
    leftovers: ReadonlyMap<string, ClassFacts>,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const wait = this.#wait(key, resourceVersion);
    if (wait > 0) return wait;
    const { kube } = this.#options;
    const set = await readLiveSet(kube, { namespace, name, uid }, signal);
    // Its classes are the garbage collector's.
    if (set === undefined) return undefined;
    const pause = this.#looked(key, resourceVersion);
    const facts = setFacts(set);
    const wanted = facts ? classesOf(asStatefulSet(facts)) : [];
    const needed = new Set(wanted.map(({ metadata }) => metadata.name));
    const selector = set.spec?.selector ?? {};
    const used = await classesInUse(kube, namespace, selector, signal);
    const unused = [...leftovers].filter(([each]) => !needed.has(each) && !used.has(each));
    for (const [each, found] of unused) await this.#remove(namespace, name, each, found, signal);
    return unused.length === leftovers.size ? undefined : pause;
  }

  /** The same for a class that lost its set: what is left of that set are pods. */
  async cleanOrphan(
    key: string,
    namespace: string,
    name: string,
    found: ClassFacts,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const wait = this.#wait(key, found.resourceVersion);
    if (wait > 0) return wait;
    const pause = this.#looked(key, found.resourceVersion);
    const used = await classesMounted(this.#options.kube, namespace, {}, signal);
    if (used.has(name)) return pause;
    await this.#remove(namespace, '', name, found, signal);
    return undefined;
  }

  #wait(key: string, resourceVersion: string): number {
    const look = this.#looks.get(key);
    if (!look) return 0;
    const count = look.resourceVersion === resourceVersion ? look.count : 0;
    return look.at + pauseAfter(count) - this.#options.surroundings.clock.now();
  }

  /** Returns the pause until the next look. */
  #looked(key: string, resourceVersion: string): number {
    const last = this.#looks.get(key);
    const count = last?.resourceVersion === resourceVersion ? last.count + 1 : 0;
    const at = this.#options.surroundings.clock.now();
    this.#looks.set(key, { at, count, resourceVersion });
    return pauseAfter(count);
  }

  async #remove(
    namespace: string,
    set: string,
    name: string,
    found: ClassFacts,
    signal: AbortSignal,
  ): Promise<void> {
    const { kube, surroundings } = this.#options;
    try {
      await deleteClass(kube, namespace, name, found, signal);
    } catch (error) {
      // Changed or gone since it was seen: the watch tells, and it is looked at anew.
      const failure = failureOf(error);
      if (failure === 'race' || failure === 'gone') return;
      throw error;
    }
    const fields = { namespace, ...(set && { name: set }), class: name };
    surroundings.log.info(fields, 'removed a SecretProviderClass that nothing uses');
  }
}

function pauseAfter(count: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** count);
}
