import { existsSync } from 'node:fs';
import path from 'node:path';
import { tryRender } from '../env/render.ts';
import { refusalMessage } from '../env/unrenderable-error.ts';
import { replaceFile, secretMode, type Written, writeFileAtomic } from '../files/write.ts';
import { causeOf, type Problem, problem } from '../messages.ts';
import type { Settings } from '../settings.ts';
import type { EnvironmentFacts } from '../status/facts.ts';
import { collect, type Snapshots } from './collect.ts';

/** What became of an attempt to bring the file to the mounted generation. */
export type Attempt =
  | { readonly written: Written; readonly variables: readonly string[] }
  | { readonly problems: readonly Problem[] };

/** The environment file of an application; on every problem the last good one stands. */
export class EnvironmentFile {
  readonly #settings: Settings;
  readonly #file: string;
  readonly #folder: string;
  #mode: number | undefined;
  /** What was written last; `undefined`: not known. */
  #text: string | undefined;
  #facts: EnvironmentFacts;

  constructor(settings: Settings, file: string) {
    this.#settings = settings;
    this.#file = file;
    this.#folder = path.dirname(file);
    const isThere = existsSync(file);
    const { format } = settings;
    this.#facts = { file, format, variables: [], isThere, isCurrent: false, problems: [] };
  }

  get facts(): EnvironmentFacts {
    return this.#facts;
  }

  /** Brings the file to these generations. `wall` is the time that is shown. */
  deliver(snapshots: Snapshots, wall: number): Attempt {
    const attempt = this.#attempt(snapshots);
    this.#facts =
      'problems' in attempt
        ? { ...this.#facts, isCurrent: false, problems: attempt.problems }
        : {
            ...this.#facts,
            variables: attempt.variables,
            isThere: true,
            isCurrent: true,
            ...(attempt.written === 'unchanged' ? {} : { writtenAt: wall }),
            problems: [],
          };
    return attempt;
  }

  /** The mounts are incomplete: the last good file stands. */
  hold(): void {
    this.#facts = { ...this.#facts, isCurrent: false };
  }

  #attempt(snapshots: Snapshots): Attempt {
    const { format } = this.#settings;
    const mapped = collect(this.#settings, snapshots);
    if ('problems' in mapped) return { problems: mapped.problems };
    const rendered = tryRender(mapped.variables, format);
    if ('refused' in rendered) {
      return { problems: [{ code: 'ZK801', message: refusalMessage(format, rendered.refused) }] };
    }
    try {
      const written = this.#write(rendered.text);
      return { written, variables: Object.keys(mapped.variables).sort() };
    } catch (error) {
      return { problems: [problem('ZK821', { path: this.#file, cause: causeOf(error) })] };
    }
  }

  #write(text: string): Written {
    // The kubelet sets up the volume before any container starts.
    this.#mode ??= secretMode(this.#folder);
    const mode = this.#mode;
    // A rotation brings another text than the last one; what stands there is read only where it may be the same.
    const isOther = this.#text !== undefined && this.#text !== text;
    if (isOther) replaceFile(this.#file, text, mode);
    const written = isOther ? 'replaced' : writeFileAtomic(this.#file, text, { mode });
    this.#text = text;
    return written;
  }
}
