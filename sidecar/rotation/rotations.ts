import { RESTART_EXIT_CODE } from '../contract.ts';
import { isoTime } from '../iso-time.ts';
import { problem } from '../messages.ts';
import type { OnRotation } from '../settings.ts';
import type { PastRotations, RotationStatus } from '../status/status.ts';
import type { Tally } from '../status/tally.ts';
import { ATTEMPTS, announce } from './announce.ts';

/** Generation by mount. */
export type Generations = Readonly<Record<string, string>>;

export interface RotationsOptions {
  readonly action: OnRotation;
  /** What an earlier container of this pod had done. */
  readonly past: PastRotations;
  /** The file that the application is told of. */
  readonly environmentFile: string | undefined;
  readonly wall: () => number;
  readonly tally: Tally;
  /** Takes in what the status is to say; `false` if that could not be kept. */
  readonly tell: (status: RotationStatus) => boolean;
  readonly exit: (code: number) => void;
  readonly signal: AbortSignal;
}

/** Does what follows rotations, once for each, also for one that came while the container was down. */
export class Rotations {
  readonly #options: RotationsOptions;
  #status: RotationStatus;
  /** What is being announced, or could not be. */
  #inHand: Generations = {};
  #announcing: AbortController | undefined;

  constructor(options: RotationsOptions) {
    this.#options = options;
    this.#status = firstStatus(options.action, options.past);
  }

  get status(): RotationStatus {
    return this.#status;
  }

  /**
   * To be called whenever all of these generations are delivered. The first that is ever seen of a mount is none that was
   * rotated to. `false` if it has to be called again, because what was done could not be kept.
   */
  delivered(current: Generations): boolean {
    const { generations } = this.#status;
    const isRotated = Object.entries(current).some(
      ([mount, generation]) => (generations[mount] ?? generation) !== generation,
    );
    if (!isRotated) return this.#adopt(current);
    if (isSame(current, this.#inHand)) return true;
    this.#inHand = current;
    this.#options.tally.rotations += 1;
    const { count } = this.#status;
    const lastAt = isoTime(this.#options.wall());
    this.#status = { ...withoutProblem(this.#status), count: count + 1, lastAt };
    return this.#follow(current);
  }

  #adopt(current: Generations): boolean {
    if (isSame(current, this.#status.generations)) return true;
    return this.#tell({ generations: current });
  }

  #follow(current: Generations): boolean {
    const { action } = this.#options;
    if (action.kind === 'none') return this.#tell({ outcome: 'done', generations: current });
    if (action.kind === 'restart') return this.#restart(current);
    this.#announcing?.abort();
    this.#announcing = new AbortController();
    this.#tell({ outcome: 'pending' });
    void this.#announce(action.url, current, this.#announcing.signal);
    return true;
  }

  /** What is not kept would be done again after the restart, and again: so then the container does not end. */
  #restart(current: Generations): boolean {
    const before = this.#status;
    const isKept = this.#tell({ outcome: 'restarting', generations: current });
    if (isKept) this.#options.exit(RESTART_EXIT_CODE);
    else {
      this.#status = { ...before, outcome: 'pending' };
      this.#inHand = {};
    }
    return isKept;
  }

  async #announce(url: string, current: Generations, newer: AbortSignal): Promise<void> {
    const { tally, environmentFile } = this.#options;
    const signal = AbortSignal.any([this.#options.signal, newer]);
    const [{ postJson }, { pause }] = await Promise.all([
      import('./post.ts'),
      import('./pause.ts'),
    ]);
    const mounts = Object.entries(current).map(([path, generation]) => ({ path, generation }));
    const body = { event: 'rotation', mounts, ...(environmentFile && { environmentFile }) };
    let last = '';
    const outcome = await announce({
      post: () => postJson(url, body, signal),
      sleep: (milliseconds) => pause(milliseconds, signal),
      signal,
      onFailure: (cause) => {
        last = cause;
        tally.announcements.failed += 1;
        this.#tell({ problem: problem('ZK831', { url: shown(url), cause }) });
      },
    });
    if (outcome === 'called off') return;
    if (outcome === 'failed') {
      const values = { url: shown(url), cause: last, most: ATTEMPTS };
      this.#tell({ outcome: 'failed', problem: problem('ZK832', values) });
      return;
    }
    tally.announcements.accepted += 1;
    this.#status = withoutProblem(this.#status);
    this.#tell({ outcome: 'done', generations: current });
  }

  #tell(change: Partial<RotationStatus>): boolean {
    this.#status = { ...this.#status, ...change };
    return this.#options.tell(this.#status);
  }
}

function firstStatus(action: OnRotation, past: PastRotations): RotationStatus {
  const where = action.kind === 'http' ? { url: shown(action.url) } : {};
  return { action: action.kind, ...where, count: 0, ...past };
}

function withoutProblem({ problem: _, ...rest }: RotationStatus): RotationStatus {
  return rest;
}

/** A query may hold what only the application should see. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function isSame(one: Generations, other: Generations): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
