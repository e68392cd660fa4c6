import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '../files/write.ts';
import { causeOf, type Problem, problem } from '../messages.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Facts } from './facts.ts';
import type { State } from './state.ts';
import type { PastRotations, RotationStatus, Status } from './status.ts';
import { statusOf } from './status-of.ts';

/** States that call nobody. */
const QUIET: readonly State[] = ['fresh', 'unknown'];

/** Keeps the facts, and tells each change of what follows from them: to the log, and to the status file. */
export class StatusKeeper {
  readonly #file: string;
  readonly #surroundings: Surroundings;
  #facts: Facts;
  #state: State | undefined;
  #since = 0;
  #logged: State | undefined;
  #known: ReadonlyMap<string, Problem> = new Map();
  #unwritable: Problem | undefined;
  /** What was written last. */
  #text = '';

  constructor(file: string, facts: Facts, surroundings: Surroundings) {
    this.#file = file;
    this.#facts = facts;
    this.#surroundings = surroundings;
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** Takes in new facts that the next update tells. */
  take(change: Partial<Facts>): void {
    this.#facts = { ...this.#facts, ...change };
  }

  /** Takes in new facts and tells what changes by them. `false` if the status file could not be written. */
  update(change: Partial<Facts>): boolean {
    this.take(change);
    return this.publish();
  }

  /** The status of this moment. */
  status(): Status {
    const { problems } = this.#facts;
    const facts = this.#unwritable
      ? { ...this.#facts, problems: [...problems, this.#unwritable] }
      : this.#facts;
    const at = this.#surroundings.now();
    const status = statusOf(facts, at, this.#since);
    if (status.state === this.#state) return status;
    this.#state = status.state;
    this.#since = at.wall;
    return statusOf(facts, at, this.#since);
  }

  /** Tells what has changed, by time alone too. `false` if the status file could not be written. */
  publish(): boolean {
    const status = this.#written(this.status());
    if (status.state !== this.#logged) {
      this.#logged = status.state;
      this.#surroundings.log(QUIET.includes(status.state) ? 'info' : 'warn', 'state', {
        state: status.state,
        ...status.reason,
      });
    }
    this.#logProblems(status);
    return this.#unwritable === undefined;
  }

  /** Writes the status, and returns what it is after that. */
  #written(status: Status): Status {
    const text = `${JSON.stringify(status, null, 2)}\n`;
    if (text === this.#text) return status;
    const before = this.#unwritable?.message;
    try {
      writeFileAtomic(this.#file, text);
      this.#text = text;
      this.#unwritable = undefined;
    } catch (error) {
      this.#unwritable = problem('ZK821', { path: this.#file, cause: causeOf(error) });
    }
    return before === this.#unwritable?.message ? status : this.#written(this.status());
  }

  /** A line for each problem that comes, and one for each that goes. */
  #logProblems({ mounts, environment, problems, rotation }: Status): void {
    const current = [
      ...mounts.flatMap((mount) => mount.problems),
      ...(environment?.problems ?? []),
      ...problems,
      ...(rotation.problem === undefined ? [] : [rotation.problem]),
    ];
    const now = new Map(current.map((each) => [each.message, each]));
    const { log } = this.#surroundings;
    for (const [key, { code, message }] of now) {
      if (!this.#known.has(key)) log('warn', 'problem', { code, message });
    }
    for (const [key, { code }] of this.#known) {
      if (!now.has(key)) log('info', 'problem is over', { code, was: key });
    }
    this.#known = now;
  }
}

/** What became of a rotation that needs nothing more, in the eyes of the next container. */
const BECAME = new Map<unknown, RotationStatus['outcome']>([
  ['done', 'done'],
  ['restarting', 'restarted'],
  ['restarted', 'restarted'],
]);

/** What an earlier container of this pod has left to know in its status file; no generations if there is none. */
export function pastRotations(file: string): PastRotations {
  try {
    const { rotation } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Status>;
    const { generations = {}, lastAt } = rotation ?? {};
    const entries = Object.entries(generations).filter(([, each]) => typeof each === 'string');
    const outcome = BECAME.get(rotation?.outcome);
    return {
      generations: Object.fromEntries(entries),
      ...(outcome && typeof lastAt === 'string' && { lastAt, outcome }),
    };
  } catch {
    return { generations: {} };
  }
}
