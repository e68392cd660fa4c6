import { classesOf } from '../../core/secrets/classes-of.ts';
import type { SecretProviderClass } from '../../core/secrets/provider-class.ts';
import type { ClassCleaner } from './class-cleaner.ts';
import type { ClassFacts } from './class-facts.ts';
import type { ClassIndex } from './class-index.ts';
import type { ClassKeeper } from './class-keeper.ts';
import { asStatefulSet, type SetFacts, type SetIdentity } from './set-facts.ts';

/** Stands before the key of a class that lost its set; no name holds it. */
const ORPHAN = 'orphan:';

export interface ReconcilerOptions {
  /** Every StatefulSet that zonekeeper has to do with, by `namespace/name`. */
  readonly sets: () => ReadonlyMap<string, SetFacts> | undefined;
  /** Every SecretProviderClass by `namespace/name`. */
  readonly classes: () => ReadonlyMap<string, ClassFacts> | undefined;
  readonly index: ClassIndex;
  readonly keeper: ClassKeeper;
  readonly cleaner: ClassCleaner;
  /** Has a key worked on. */
  readonly enqueue: (key: string) => void;
}

/** Brings the classes of one set after the other into order, whatever happened to them. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  /** By class, the set that asks for it. */
  readonly #askers = new Map<string, string>();
  readonly #asked = new Map<string, readonly string[]>();

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** Does any set ask for a class? */
  get isNeeded(): boolean {
    return this.#askers.size > 0;
  }

  /** A set, or without a key any of them, changed. */
  setChanged(key?: string): void {
    const { sets, index, enqueue } = this.#options;
    if (key === undefined) {
      const all = new Set([...(sets()?.keys() ?? []), ...this.#asked.keys()]);
      for (const each of all) this.setChanged(each);
      return;
    }
    const asksBefore = this.#asked.has(key);
    this.#note(key);
    if (asksBefore || this.#asked.has(key) || index.ofSet(key).size > 0) enqueue(key);
  }

  /** A class, or without a key any of them, changed. */
  classChanged(key?: string): void {
    const { index, enqueue, classes } = this.#options;
    for (const set of index.changed(key)) enqueue(set);
    if (key === undefined) {
      for (const set of this.#asked.keys()) enqueue(set);
      for (const each of classes()?.keys() ?? []) this.#lookAfter(each);
      return;
    }
    const asker = this.#askers.get(key);
    if (asker === undefined) this.#lookAfter(key);
    else enqueue(asker);
  }

  /**
   * Needs both lists. Resolves with the milliseconds after which to do it again, if at all; rejects with what the API server
   * answers.
   */
  async reconcile(key: string, signal: AbortSignal): Promise<number | undefined> {
    const { sets } = this.#options;
    if (key.startsWith(ORPHAN)) return this.#reconcileOrphan(key, signal);
    const set = sets()?.get(key);
    // Its classes go with it.
    if (set?.isDeleting) return undefined;
    const wanted = set ? classesOf(asStatefulSet(set)) : [];
    const pauses: (number | undefined)[] = [];
    for (const each of wanted) if (set) pauses.push(await this.#keep(each, set, signal));
    pauses.push(await this.#clean(key, set, wanted, signal));
    const given = pauses.filter((pause) => pause !== undefined);
    return given.length === 0 ? undefined : Math.min(...given);
  }

  async #keep(
    wanted: SecretProviderClass,
    set: SetFacts,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const found = this.#options.classes()?.get(`${set.namespace}/${wanted.metadata.name}`);
    return this.#options.keeper.keep(wanted, set, found, signal);
  }

  async #clean(
    key: string,
    set: SetFacts | undefined,
    wanted: readonly SecretProviderClass[],
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const { cleaner } = this.#options;
    const names = new Set(wanted.map(({ metadata }) => metadata.name));
    const leftovers = this.#leftovers(key, set?.uid, names);
    const [first] = leftovers.values();
    if (first === undefined) {
      cleaner.forget(key);
      return undefined;
    }
    return cleaner.cleanSet(key, set ?? identityOf(key, first), leftovers, signal);
  }

  /** Classes by name that the set alone owns and does not ask for; those of a predecessor are the garbage collector's. */
  #leftovers(key: string, uid: string | undefined, names: ReadonlySet<string>) {
    const { index, classes } = this.#options;
    const leftovers = new Map<string, ClassFacts>();
    for (const each of index.ofSet(key)) {
      const found = classes()?.get(each);
      const name = nameIn(each);
      if (!found || found.isDeleting || found.sets.length !== 1 || names.has(name)) continue;
      if (uid === undefined || found.sets[0]?.uid === uid) leftovers.set(name, found);
    }
    return leftovers;
  }

  async #reconcileOrphan(key: string, signal: AbortSignal): Promise<number | undefined> {
    const { cleaner, classes } = this.#options;
    const name = key.slice(ORPHAN.length);
    const found = classes()?.get(name);
    if (found && isOrphan(found) && !this.#askers.has(name)) {
      return cleaner.cleanOrphan(key, namespaceIn(name), nameIn(name), found, signal);
    }
    cleaner.forget(key);
    return undefined;
  }

  /** Learns for which classes a set asks. */
  #note(key: string): void {
    const before = this.#asked.get(key) ?? [];
    const set = this.#options.sets()?.get(key);
    const wanted = set && !set.isDeleting ? classesOf(asStatefulSet(set)) : [];
    const now = wanted.map(({ metadata }) => `${namespaceIn(key)}/${metadata.name}`);
    for (const each of before) if (this.#askers.get(each) === key) this.#askers.delete(each);
    for (const each of now) this.#askers.set(each, key);
    if (now.length > 0) this.#asked.set(key, now);
    else this.#asked.delete(key);
    for (const each of before) this.#lookAfter(each);
  }

  #lookAfter(name: string): void {
    const found = this.#options.classes()?.get(name);
    if (found && isOrphan(found) && !this.#askers.has(name)) this.#options.enqueue(ORPHAN + name);
  }
}

/** Made for a set that was deleted without what it owned (`--cascade=orphan`). */
function isOrphan({ isMade, sets, isDeleting }: ClassFacts): boolean {
  return isMade && sets.length === 0 && !isDeleting;
}

/** The set as its class knows it: that is all there is of one whose annotations are gone. */
function identityOf(key: string, { sets: [owner] }: ClassFacts): SetIdentity {
  const uid = owner?.uid ?? '';
  return { namespace: namespaceIn(key), name: nameIn(key), uid, resourceVersion: '' };
}

const namespaceIn = (key: string): string => key.slice(0, key.indexOf('/'));
const nameIn = (key: string): string => key.slice(key.indexOf('/') + 1);
