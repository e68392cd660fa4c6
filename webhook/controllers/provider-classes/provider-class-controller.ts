import type { Surroundings } from '../../../certs/surroundings.ts';
import { Wakeup } from '../../../certs/wakeup.ts';
import type { Kube, KubeRequest } from '../kube.ts';
import { electLeader, type Leader, type LeaderOptions } from '../leader.ts';
import { type ClassStatus, ClassTally } from './class-status.ts';
import { LeadershipLost } from './refusals.ts';
import { Term } from './term.ts';

/** Keeps the SecretProviderClasses that zonekeeper makes for StatefulSets. */
export interface ProviderClassController {
  /** Resolves when the signal is aborted and the Lease is given up; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** How it stands at this moment. */
  status(): ClassStatus;
}

/**
 * Every replica may run one: by this Lease one of them works, and another takes over when it is gone.
 */
export function providerClassController(
  kube: Kube,
  lease: Omit<LeaderOptions, 'onChange'>,
  surroundings: Surroundings,
): ProviderClassController {
  return new LeaseController(kube, lease, surroundings);
}

/** It is woken when something changes; this is for a clock that was set. */
const LONGEST_SLEEP = 60_000;

class LeaseController implements ProviderClassController {
  readonly #lease: LeaderOptions;
  readonly #surroundings: Surroundings;
  readonly #kube: Kube;
  readonly #leader: Leader;
  readonly #wakeup: Wakeup;
  readonly #tally = new ClassTally();
  #term: Term | undefined;

  constructor(kube: Kube, lease: Omit<LeaderOptions, 'onChange'>, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#wakeup = new Wakeup(surroundings.clock);
    this.#lease = { ...lease, onChange: () => this.#wakeup.wake() };
    this.#leader = electLeader(kube, this.#lease, surroundings);
    this.#kube = whileLeading(kube, this.#leader);
  }

  status(): ClassStatus {
    const { errors, succeededAt } = this.#tally;
    const { managed = 0, queued = 0 } = this.#term ?? {};
    return { managed, queued, errors, succeededAt };
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#leader.run(signal), this.#terms(signal)]);
  }

  async #terms(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#leader.isLeader()) await this.#serve(signal);
      else await this.#wakeup.sleep(LONGEST_SLEEP, signal);
    }
  }

  async #serve(signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    const options = { kube: this.#kube, identity: this.#lease.identity, tally: this.#tally };
    this.#term = new Term(options, this.#surroundings);
    const working = this.#term.run(AbortSignal.any([signal, end.signal]));
    while (!signal.aborted && this.#leader.isLeader()) {
      await this.#wakeup.sleep(LONGEST_SLEEP, signal);
    }
    end.abort();
    await working;
    this.#term = undefined;
  }
}

/** A replica that was frozen learns late that it has ceased to lead: until then it reads only. */
function whileLeading(kube: Kube, leader: Leader): Kube {
  return {
    request: async (request: KubeRequest, signal) => {
      if (request.method !== 'GET' && !leader.isLeader()) throw new LeadershipLost();
      return kube.request(request, signal);
    },
    watch: (path, query, signal, accept) => kube.watch(path, query, signal, accept),
  };
}
