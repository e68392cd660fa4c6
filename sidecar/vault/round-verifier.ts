import path from 'node:path';
import type { SecretSnapshot } from '../snapshot.ts';
import { type Answer, answerTo, judge } from './answer.ts';
import { type FilePrint, Fingerprints, filePrint } from './fingerprint.ts';
import type { Identifier } from './identifier.ts';
import type { Pace, VerifierClock } from './pace.ts';
import type { Refusal } from './refusal.ts';
import type { BeginRound, Encoding, Round } from './round.ts';
import type { Verdict } from './verdict.ts';

/** A file and the object that it is made of. */
export interface Watched {
  readonly object: Identifier;
  readonly path: string;
  readonly encoding: Encoding;
}

/** What rounds need. */
export interface Means {
  readonly beginRound: BeginRound;
  readonly pace: Pace;
  readonly clock: VerifierClock;
  readonly requestsPerRound: number;
}

/** The last answer for a file, and the file as it was then. */
interface Known {
  readonly answer: Answer;
  readonly fileThen: FilePrint;
}

type Files = ReadonlyMap<string, FilePrint>;

/** Asks in rounds, one object at a time, and keeps the last answers. */
export class RoundVerifier {
  readonly #watched: readonly Watched[];
  readonly #means: Means;
  readonly #fingerprints = new Fingerprints();
  readonly #known = new Map<Watched, Known>();
  /** Whose turn it is; whoever was asked for goes to the end. */
  readonly #queue: Watched[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(watched: readonly Watched[], means: Means) {
    this.#watched = watched;
    this.#means = means;
    this.#queue = [...watched];
  }

  nextDelay(): number {
    return this.#means.pace.delay();
  }

  verify(snapshots: readonly SecretSnapshot[], signal: AbortSignal): Promise<readonly Verdict[]> {
    const verdicts = this.#turn.then(() => this.#verify(snapshots, signal));
    this.#turn = verdicts.catch(() => {});
    return verdicts;
  }

  async #verify(snapshots: readonly SecretSnapshot[], signal: AbortSignal): Promise<Verdict[]> {
    signal.throwIfAborted();
    const files = this.#fingerprintsOf(snapshots);
    if (this.nextDelay() === 0) await this.#round(files, signal);
    const now = this.#means.clock.now();
    return this.#watched.map((watched) => {
      const { answer, fileThen } = this.#known.get(watched) ?? {};
      const file = files.get(watched.path);
      return {
        path: watched.path,
        ...judge({ object: watched.object, file, answer, fileThen, now }),
      };
    });
  }

  #fingerprintsOf(snapshots: readonly SecretSnapshot[]): Files {
    const wanted = new Set(this.#watched.map((watched) => watched.path));
    const files = new Map<string, FilePrint>();
    for (const snapshot of snapshots) {
      for (const [name, content] of snapshot.files) {
        const file = path.join(snapshot.path, name);
        if (wanted.has(file)) files.set(file, filePrint(content, this.#fingerprints));
      }
    }
    return files;
  }

  async #round(files: Files, signal: AbortSignal): Promise<void> {
    const { beginRound, pace, requestsPerRound } = this.#means;
    const round = beginRound(signal);
    const refusals = new Map<string, Refusal>();
    try {
      for (let left = this.#queue.length; left > 0; left -= 1) {
        if (round.requests >= requestsPerRound) return;
        const watched = this.#queue.shift() as Watched;
        this.#queue.push(watched);
        const fileThen = files.get(watched.path);
        if (fileThen === undefined) continue;
        const answer = await this.#answer(round, watched, refusals);
        this.#known.set(watched, { answer, fileThen });
      }
    } finally {
      round.end();
      pace.roundEnded(round.patience);
    }
  }

  /** What was refused for a whole vault or for all is not asked for again in this round. */
  async #answer(
    round: Round,
    { object, encoding }: Watched,
    refusals: Map<string, Refusal>,
  ): Promise<Answer> {
    const known = refusals.get(ALL) ?? refusals.get(object.vault);
    if (known) return known;
    const reply = await round.ask(object, encoding);
    if ('reach' in reply && reply.reach !== 'object') {
      refusals.set(reply.reach === 'round' ? ALL : object.vault, reply);
    }
    return answerTo(object, encoding, reply, this.#fingerprints);
  }
}

/** In place of a vault: all of them. */
const ALL = '*';
