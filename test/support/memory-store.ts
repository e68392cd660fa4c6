import { once } from 'node:events';
import type { Files, SecretStore, Stored } from '../../certs/store.ts';

/** A store that several sources of one test share, with the rules of a Secret in the API server. */
export class MemoryStore implements SecretStore {
  stored: Stored | undefined;
  /** Rejects every call while set. */
  failure: Error | undefined;
  /** How often content was replaced or first stored. */
  writes = 0;
  reads = 0;
  readonly #watchers = new Set<() => void>();
  #version = 0;

  async read(): Promise<Stored | undefined> {
    this.reads += 1;
    await this.#reach();
    return this.stored;
  }

  async create(files: Files): Promise<'done' | 'lost'> {
    await this.#reach();
    if (this.stored) return 'lost';
    this.put(files);
    return 'done';
  }

  async update({ files, resourceVersion, rotationAsked }: Stored): Promise<'done' | 'lost'> {
    await this.#reach();
    if (this.stored?.resourceVersion !== resourceVersion) return 'lost';
    this.put(files, rotationAsked);
    return 'done';
  }

  async watch(signal: AbortSignal, onChange: () => void): Promise<void> {
    this.#watchers.add(onChange);
    if (!signal.aborted) await once(signal, 'abort');
    this.#watchers.delete(onChange);
  }

  /** What somebody else writes, or deletes. */
  put(files: Files | undefined, rotationAsked = false): void {
    this.#version += 1;
    this.writes += 1;
    this.stored = files && { files, rotationAsked, resourceVersion: String(this.#version) };
    for (const onChange of this.#watchers) onChange();
  }

  async #reach(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failure) throw this.failure;
  }
}
