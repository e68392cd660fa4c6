import { backoff } from '../../certs/backoff.ts';
import { Outage } from '../../certs/outage.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import type { Kube, WatchEvent } from './kube.ts';
import { isExpired, isNotFound } from './kube-error.ts';
import { type KubeObject, keyOf } from './objects.ts';
import { pages } from './pages.ts';

/** What is kept of the objects of one collection. */
export interface Collection<V> {
  /** Such as `/apis/storage.k8s.io/v1/storageclasses`. */
  readonly path: string;
  /** A field selector, say. */
  readonly query?: Readonly<Record<string, string>>;
  /** The little of an object that is worth its memory; `undefined`: nothing of it. */
  readonly project: (object: KubeObject) => V | undefined;
  /**
   * Called after each change of what is kept: with the key of the object that changed, without one after a list and when the
   * kind turns out to be unknown.
   */
  readonly onChange?: (key?: string) => void;
  /** May the API server not know the kind? Then that is no failure, and it is asked again after a minute. */
  readonly optional?: boolean;
  /** Is the metadata of the objects enough? Then the API server sends nothing else, whatever their size. Default false. */
  readonly metadataOnly?: boolean;
}

/** Answers of the API server that hold metadata alone (Kubernetes 1.15 and later). */
const METADATA = {
  list: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  object: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
};

const WATCH_SECONDS = '300';
const ABSENT_PAUSE = 60_000;
/** A watch that ends sooner is no better than none, so the pause before the next one grows. */
const SHORT = 10_000;

/**
 * Keeps a part of every object of a collection in step with the API server: lists them page by page, then watches, and
 * lists again where a watch cannot be continued. client-node's informer would keep the whole objects, and it stops at
 * the first error.
 */
export class Reflector<V> {
  readonly #kube: Kube;
  readonly #collection: Collection<V>;
  readonly #surroundings: Surroundings;
  readonly #outage: Outage;
  #items: Map<string, V> | undefined;
  #resourceVersion = '';
  #isConnected = false;
  #isAbsent = false;

  constructor(kube: Kube, collection: Collection<V>, surroundings: Surroundings) {
    this.#kube = kube;
    this.#collection = collection;
    this.#surroundings = surroundings;
    const { path } = collection;
    this.#outage = new Outage(surroundings, 'cannot watch a collection', { path });
  }

  /** What is kept, by `namespace/name`; undefined until it was listed, and while the kind is unknown. */
  get items(): ReadonlyMap<string, V> | undefined {
    return this.#items;
  }

  /** Do changes arrive at this moment? */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Does the API server not know the kind, as far as it has said? */
  get isAbsent(): boolean {
    return this.#isAbsent;
  }

  /** Resolves when the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#surroundings;
    let shortLived = 0;
    while (!signal.aborted) {
      const began = clock.now();
      const isAbsent = await this.#follow(signal).catch(
        (error: unknown) => !signal.aborted && this.#excuse(error),
      );
      shortLived = clock.now() < began + SHORT ? shortLived + 1 : 1;
      await clock.sleep(isAbsent ? ABSENT_PAUSE : backoff(shortLived, random), signal);
    }
  }

  /** Ends when the API server ends the watch, as it does after some minutes. */
  async #follow(signal: AbortSignal): Promise<false> {
    const { path, query, metadataOnly } = this.#collection;
    if (this.#resourceVersion === '') await this.#list(signal);
    const more = {
      ...query,
      resourceVersion: this.#resourceVersion,
      allowWatchBookmarks: 'true',
      timeoutSeconds: WATCH_SECONDS,
    };
    const accept = metadataOnly ? METADATA.object : undefined;
    const events = await this.#kube.watch(path, more, signal, accept);
    this.#isConnected = true;
    this.#outage.over();
    for await (const event of events) this.#take(event);
    return false;
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { path, query = {}, project, onChange, metadataOnly } = this.#collection;
    const collection = { path, query, ...(metadataOnly && { accept: METADATA.list }) };
    const items = new Map<string, V>();
    let resourceVersion = '';
    for await (const page of pages(this.#kube, collection, signal)) {
      for (const object of page.items) keep(items, object, project(object));
      resourceVersion = page.resourceVersion;
    }
    this.#items = items;
    this.#isAbsent = false;
    this.#resourceVersion = resourceVersion;
    onChange?.();
  }

  #take({ type, object }: WatchEvent): void {
    const { project, onChange } = this.#collection;
    const items = this.#items;
    const changed = object as KubeObject;
    this.#resourceVersion = changed.metadata?.resourceVersion ?? '';
    if (type === 'BOOKMARK') return;
    if (items !== undefined) {
      keep(items, changed, type === 'DELETED' ? undefined : project(changed));
    }
    onChange?.(keyOf(changed));
  }

  #miss(): void {
    if (this.#isAbsent) return;
    this.#items = undefined;
    this.#isAbsent = true;
    this.#collection.onChange?.();
  }

  /** Learns from an error; true if it is none because the kind may be unknown. */
  #excuse(error: unknown): boolean {
    this.#isConnected = false;
    const isAbsent = isNotFound(error) && this.#collection.optional === true;
    if (isExpired(error) || isAbsent) this.#resourceVersion = '';
    else this.#outage.failed(error);
    if (isAbsent) this.#miss();
    return isAbsent;
  }
}

function keep<V>(items: Map<string, V>, object: KubeObject, value: V | undefined): void {
  if (value === undefined) items.delete(keyOf(object));
  else items.set(keyOf(object), value);
}
