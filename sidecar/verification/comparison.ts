import { causeOf, problem } from '../messages.ts';
import type { MountedObject } from '../settings.ts';
import type { SecretSnapshot } from '../snapshot.ts';
import type { ComparisonFacts } from '../status/facts.ts';
import { type Finding, fold, type Instant, type Verdict } from '../status/finding.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Verifier } from '../vault/verifier.ts';
import { Wakeup } from '../wakeup.ts';

export interface ComparisonOptions {
  readonly objects: readonly MountedObject[];
  readonly snapshots: () => readonly SecretSnapshot[];
  readonly surroundings: Surroundings;
  /** Called with what is known from Key Vault whenever that was looked at. */
  readonly onFindings: (facts: ComparisonFacts) => void;
  readonly signal: AbortSignal;
}

/** A drift becomes stale by time alone, so the status is made anew that often, in milliseconds. */
const LOOK_EVERY = 60_000;

/** How long to wait before Azure's clients are loaded again after that failed, in milliseconds. */
const LOAD_AGAIN = 60_000;

/** A clock that differs by more from the one that never jumps was set; in milliseconds. */
const SET_BY = 60_000;

/** Compares the mounts with Key Vault in rounds, and by the last answers whenever a mount changes. */
export class Comparison {
  readonly #options: ComparisonOptions;
  readonly #wakeup: Wakeup;
  readonly #objects: readonly string[];
  readonly #findings = new Map<string, Finding>();

  constructor(options: ComparisonOptions) {
    this.#options = options;
    this.#wakeup = new Wakeup(options.signal);
    this.#objects = options.objects.map(({ path }) => path);
  }

  get facts(): ComparisonFacts {
    return { objects: this.#objects, findings: this.#findings };
  }

  /** A mount has another generation: what was found of its files holds no more until they are judged again. */
  mountChanged(mount: string): void {
    for (const path of this.#findings.keys()) {
      if (path.startsWith(`${mount}/`)) this.#findings.delete(path);
    }
    this.#wakeup.wake();
  }

  /** Runs until the signal is aborted; never rejects. Azure's clients are loaded here. */
  async run(): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const verifier = await this.#verifier();
      if (verifier !== undefined) await this.#rounds(verifier);
      else await this.#wakeup.sleep(LOAD_AGAIN);
    }
  }

  async #verifier(): Promise<Verifier | undefined> {
    const { objects, surroundings } = this.#options;
    try {
      const { createVerifier } = await import('../vault/verifier.ts');
      return await createVerifier({
        objects,
        credentials: surroundings.credentials,
        clock: { now: () => surroundings.now().wall },
        random: surroundings.random,
      });
    } catch (error) {
      this.#unknown(error);
      return undefined;
    }
  }

  /** Ends when the clock was set, because a verifier plans its next round by the time of day. */
  async #rounds(verifier: Verifier): Promise<void> {
    const { signal, snapshots, surroundings } = this.#options;
    const begun = surroundings.now();
    while (!signal.aborted && !wasSet(begun, surroundings.now())) {
      const all = snapshots();
      if (all.length > 0) {
        await verifier.verify(all, signal).then(
          (verdicts) => this.#take(verdicts),
          (error: unknown) => this.#unknown(error),
        );
      }
      await this.#wakeup.sleep(Math.min(Math.max(verifier.nextDelay(), 1), LOOK_EVERY));
    }
  }

  #take(verdicts: readonly Verdict[]): void {
    const at = this.#options.surroundings.now();
    for (const verdict of verdicts) {
      this.#findings.set(verdict.path, fold(this.#findings.get(verdict.path), verdict, at));
    }
    if (!this.#options.signal.aborted) this.#options.onFindings(this.facts);
  }

  #unknown(error: unknown): void {
    const { code, message } = problem('ZK835', { cause: causeOf(error) });
    const reason = message.slice(code.length + 1);
    this.#take(this.#objects.map((path) => ({ path, state: 'unknown', code, reason })));
  }
}

function wasSet(begun: Instant, now: Instant): boolean {
  return Math.abs(now.wall - begun.wall - (now.monotonic - begun.monotonic)) > SET_BY;
}
