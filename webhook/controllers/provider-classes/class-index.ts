import type { ClassFacts } from './class-facts.ts';

type Classes = ReadonlyMap<string, ClassFacts>;

const NONE: ReadonlySet<string> = new Set();

/** Finds the classes that were made for a set. Keys of both are `namespace/name`. */
export class ClassIndex {
  readonly #classes: () => Classes | undefined;
  readonly #bySet = new Map<string, Set<string>>();
  readonly #setsOf = new Map<string, readonly string[]>();

  /** `classes` are those that exist, undefined while that is not known. */
  constructor(classes: () => Classes | undefined) {
    this.#classes = classes;
  }

  /** Classes that were made and that the set of that key owns. */
  ofSet(set: string): ReadonlySet<string> {
    return this.#bySet.get(set) ?? NONE;
  }

  /** Every set that owns a class. */
  get sets(): IterableIterator<string> {
    return this.#bySet.keys();
  }

  /** Takes in that a class, or without a key all of them, changed; returns the sets that owned it or own it now. */
  changed(key?: string): ReadonlySet<string> {
    if (key !== undefined) return this.#change(key);
    const all = new Set([...this.#setsOf.keys(), ...(this.#classes()?.keys() ?? [])]);
    return new Set([...all].flatMap((each) => [...this.#change(each)]));
  }

  #change(key: string): ReadonlySet<string> {
    const before = this.#setsOf.get(key) ?? [];
    const after = this.#ownersOf(key);
    for (const set of before) this.#drop(set, key);
    for (const set of after) this.#bySet.set(set, new Set([...this.ofSet(set), key]));
    if (after.length > 0) this.#setsOf.set(key, after);
    else this.#setsOf.delete(key);
    return new Set([...before, ...after]);
  }

  #ownersOf(key: string): readonly string[] {
    const facts = this.#classes()?.get(key);
    if (!facts?.isMade) return [];
    const namespace = key.slice(0, key.indexOf('/'));
    return facts.sets.map(({ name }) => `${namespace}/${name}`);
  }

  #drop(set: string, key: string): void {
    const classes = this.#bySet.get(set);
    classes?.delete(key);
    if (classes?.size === 0) this.#bySet.delete(set);
  }
}
