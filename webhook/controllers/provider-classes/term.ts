import { Outage } from '../../../certs/outage.ts';
import type { Surroundings } from '../../../certs/surroundings.ts';
import { problem, sentence } from '../../core/problems.ts';
import type { Kube } from '../kube.ts';
import { Reflector } from '../reflector.ts';
import { WorkQueue } from '../work-queue.ts';
import { ClassCleaner } from './class-cleaner.ts';
import { type ClassFacts, classFacts } from './class-facts.ts';
import { ClassIndex } from './class-index.ts';
import { ClassKeeper } from './class-keeper.ts';
import type { ClassTally } from './class-status.ts';
import { GROUP } from './class-writer.ts';
import { Reconciler } from './reconciler.ts';
import { failureOf } from './refusals.ts';
import { SetEvents } from './set-events.ts';
import { type SetFacts, setFacts } from './set-facts.ts';

export interface TermOptions {
  readonly kube: Kube;
  /** This replica. */
  readonly identity: string;
  readonly tally: ClassTally;
}

/** So many sets are worked on at once: a burst of them is done in seconds, and the API server is not flooded. */
const WORKERS = 8;

/** What a replica does for as long as it leads: it watches, and brings the classes of every set into order. */
export class Term {
  readonly #sets: Reflector<SetFacts>;
  readonly #classes: Reflector<ClassFacts>;
  readonly #reconciler: Reconciler;
  readonly #queue: WorkQueue;
  readonly #tally: ClassTally;
  readonly #surroundings: Surroundings;
  readonly #outage: Outage;
  readonly #failing = new Set<string>();
  #isKindMissed = false;

  constructor({ kube, identity, tally }: TermOptions, surroundings: Surroundings) {
    this.#tally = tally;
    this.#surroundings = surroundings;
    this.#outage = new Outage(surroundings, 'cannot keep the SecretProviderClasses of sets');
    this.#queue = new WorkQueue(WORKERS, surroundings);
    const sets = {
      path: '/apis/apps/v1/statefulsets',
      metadataOnly: true,
      project: setFacts,
      onChange: (key?: string) => this.#changed(key === undefined ? {} : { set: key }),
    };
    const classes = {
      path: `${GROUP}/secretproviderclasses`,
      optional: true,
      project: classFacts,
      onChange: (key?: string) => this.#changed(key === undefined ? {} : { class: key }),
    };
    this.#sets = new Reflector(kube, sets, surroundings);
    this.#classes = new Reflector(kube, classes, surroundings);
    const events = new SetEvents(kube, identity, surroundings);
    const onTrouble = (trouble: 'clash' | 'refused') => tally.failed(trouble);
    this.#reconciler = new Reconciler({
      sets: () => this.#sets.items,
      classes: () => this.#classes.items,
      index: new ClassIndex(() => this.#classes.items),
      keeper: new ClassKeeper({ kube, events, onTrouble, surroundings }),
      cleaner: new ClassCleaner({ kube, surroundings }),
      enqueue: (key) => this.#queue.add(key),
    });
  }

  /** Classes that were made and exist. */
  get managed(): number {
    return [...(this.#classes.items?.values() ?? [])].filter(({ isMade }) => isMade).length;
  }

  /** Sets that are being worked on or wait for it, those included that are tried again later. */
  get queued(): number {
    return this.#queue.length;
  }

  /** Resolves when the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.#sets.run(signal),
      this.#classes.run(signal),
      this.#queue.run(signal, (key, ended) => this.#work(key, ended)),
    ]);
  }

  /** After a list everything is looked at, since what follows from one of the two may have waited for the other. */
  #changed(what: { readonly set?: string; readonly class?: string }): void {
    if (what.class === undefined) this.#reconciler.setChanged(what.set);
    if (what.set === undefined) this.#reconciler.classChanged(what.class);
    this.#tellKind();
  }

  /** Once, until the kind is there. */
  #tellKind(): void {
    const { log } = this.#surroundings;
    const { isAbsent, items } = this.#classes;
    if (isAbsent && this.#reconciler.isNeeded && !this.#isKindMissed) {
      this.#isKindMissed = true;
      this.#tally.failed('kind-missing');
      log.error({ code: 'ZK603' }, sentence(problem('ZK603', {})));
    }
    if (items !== undefined && this.#isKindMissed) {
      this.#isKindMissed = false;
      log.info({ code: 'ZK603' }, 'over: the cluster has the kind SecretProviderClass');
    }
  }

  async #work(key: string, signal: AbortSignal): Promise<number | undefined> {
    // The list that is missing has everything done.
    if (this.#sets.items === undefined || this.#classes.items === undefined) return undefined;
    try {
      const again = await this.#reconciler.reconcile(key, signal);
      this.#failing.delete(key);
      if (this.#failing.size === 0) this.#outage.over();
      this.#tally.succeededAt = this.#surroundings.clock.now();
      return again;
    } catch (error) {
      this.#excuse(key, error, signal);
      throw error;
    }
  }

  /** That somebody was faster, or that a namespace goes, is no failure: it is looked at anew. */
  #excuse(key: string, error: unknown, signal: AbortSignal): void {
    const failure = failureOf(error);
    if (signal.aborted || failure === 'race' || failure === 'gone') return;
    this.#tally.failed(failure);
    this.#failing.add(key);
    this.#outage.failed(error);
  }
}
