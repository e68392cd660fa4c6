import { randomBytes } from 'node:crypto';
import type { Surroundings } from '../../../certs/surroundings.ts';
import { type Problem, sentence } from '../../core/problems.ts';
import type { Kube } from '../kube.ts';
import { microTime } from '../lease-record.ts';
import type { SetFacts } from './set-facts.ts';

/** Which part of zonekeeper speaks, as Events name it. */
const CONTROLLER = 'zonekeeper.io/secret-provider-classes';

/** The API server forgets an Event after an hour (its flag `--event-ttl`), so what goes on is told again then. */
const TELL_EVERY = 3_600_000;

/** Tells the owners of a StatefulSet what keeps it from its classes: by an Event on the set and a line of the log. */
export class SetEvents {
  readonly #kube: Kube;
  readonly #instance: string;
  readonly #surroundings: Surroundings;
  readonly #told = new Map<string, number>();

  /** `instance` is this replica. */
  constructor(kube: Kube, instance: string, surroundings: Surroundings) {
    this.#kube = kube;
    this.#instance = instance;
    this.#surroundings = surroundings;
  }

  /**
   * At most once an hour for the same problem of the same class; resolves with whether it was told now. An Event that cannot be
   * written is only a line of the log. `reason` is of Kubernetes' kind: CamelCase, the same for the same code.
   */
  async tell(
    set: SetFacts,
    about: string,
    reason: string,
    problem: Problem,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { clock, log } = this.#surroundings;
    const { namespace, name } = set;
    const key = `${set.uid} ${about} ${problem.code}`;
    const now = clock.now();
    if (now < (this.#told.get(key) ?? Number.NEGATIVE_INFINITY) + TELL_EVERY) return false;
    this.#forgetBefore(now - TELL_EVERY);
    this.#told.set(key, now);
    const note = sentence(problem);
    log.warn({ namespace, name, class: about, code: problem.code }, note);
    const path = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
    const body = this.#event(set, reason, note, now);
    await this.#kube.request({ method: 'POST', path, body }, signal).catch((error: unknown) => {
      if (!signal.aborted) log.warn({ namespace, name, err: error }, 'cannot write an Event');
    });
    return true;
  }

  /** Milliseconds after which the problem can be told again. */
  pause({ uid }: SetFacts, about: string, { code }: Problem): number {
    const told = this.#told.get(`${uid} ${about} ${code}`);
    const now = this.#surroundings.clock.now();
    return told === undefined ? TELL_EVERY : told + TELL_EVERY - now;
  }

  /** The class is in order: the next problem of it is a new one. */
  forget({ uid }: SetFacts, about: string): void {
    for (const key of this.#told.keys()) {
      if (key.startsWith(`${uid} ${about} `)) this.#told.delete(key);
    }
  }

  /** Sets come and go, and what was told of them long ago does not matter. */
  #forgetBefore(time: number): void {
    for (const [key, at] of this.#told) if (at < time) this.#told.delete(key);
  }

  #event({ namespace, name, uid }: SetFacts, reason: string, note: string, now: number): object {
    return {
      metadata: { namespace, name: `${name.slice(0, 230)}.${randomBytes(8).toString('hex')}` },
      eventTime: microTime(now),
      type: 'Warning',
      reason,
      action: 'KeepSecretProviderClass',
      regarding: { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name, uid },
      reportingController: CONTROLLER,
      reportingInstance: this.#instance.slice(0, 128),
      note,
    };
  }
}
