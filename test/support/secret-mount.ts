import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** Content by path relative to the mount. */
export type Payload = Readonly<Record<string, string | Uint8Array>>;

/**
 * A mount as the Secrets Store CSI driver keeps it. It does what the driver's atomic writer does, in its order (v1.6.0,
 * pkg/util/fileutil/atomic_writer.go): equal bytes touch nothing; a new folder with the time in its name gets all files;
 * links of new names come before the swap and point nowhere; `..data` is renamed over; links of dropped names go after
 * the swap, and the old folder last.
 */
export class SecretMount {
  readonly path: string;

  constructor(folder: string) {
    this.path = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** The generation that `..data` names. */
  get generation(): string | undefined {
    try {
      return readlinkSync(path.join(this.path, '..data'));
    } catch {
      return undefined;
    }
  }

  /** Replaces all files; `false` if they are so already. */
  write(payload: Payload, now: Date = new Date()): boolean {
    const before = this.generation;
    if (before !== undefined && this.#holds(before, payload)) return false;
    const { swap, clean } = this.stage(payload, now);
    swap();
    clean();
    return true;
  }

  /** The same in steps, of files that differ: all that comes before the swap is done at once. */
  stage(payload: Payload, now: Date = new Date()): { swap: () => void; clean: () => void } {
    const before = this.generation;
    const generation = this.#newGeneration(payload, now);
    const names = new Set(Object.keys(payload).map(firstComponent));
    for (const name of names) {
      const link = path.join(this.path, name);
      if (!isThere(link)) symlinkSync(path.join('..data', name), link);
    }
    const next = path.join(this.path, '..data_tmp');
    rmSync(next, { force: true }); // Of a writer that was killed.
    symlinkSync(generation, next);
    return {
      swap: () => renameSync(next, path.join(this.path, '..data')),
      clean: () => this.#clean(names, before),
    };
  }

  #clean(names: ReadonlySet<string>, before: string | undefined): void {
    for (const name of readdirSync(this.path)) {
      if (!name.startsWith('..') && !names.has(name)) unlinkSync(path.join(this.path, name));
    }
    if (before !== undefined) rmSync(path.join(this.path, before), { recursive: true });
  }

  #newGeneration(payload: Payload, now: Date): string {
    const stamp = now.toISOString().slice(0, 19).replace(/[-T:]/g, '_');
    const folder = mkdtempSync(path.join(this.path, `..${stamp}.`));
    chmodSync(folder, 0o755);
    for (const [name, content] of Object.entries(payload)) {
      const file = path.join(folder, name);
      if (name.includes('/')) mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      chmodSync(file, 0o644);
    }
    return path.basename(folder);
  }

  #holds(generation: string, payload: Payload): boolean {
    const folder = path.join(this.path, generation);
    if (!existsSync(folder)) return false;
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const wanted = Object.entries(payload);
    if (files.length !== wanted.length) return false;
    return wanted.every(([name, content]) => {
      const file = path.join(folder, name);
      return existsSync(file) && readFileSync(file).equals(Buffer.from(content));
    });
  }
}

const firstComponent = (name: string): string => name.split('/', 1)[0] ?? name;

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
