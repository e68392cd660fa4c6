import { backoff } from '../../certs/backoff.ts';
import { Outage } from '../../certs/outage.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import type { ClusterVersion } from '../core/view.ts';
import type { Kube } from './kube.ts';

/** A control plane is upgraded while the webhook runs. */
const ASK_EVERY = 3_600_000;

/** Keeps the version of the API server, asked for once an hour. */
export class VersionKeeper {
  readonly #kube: Kube;
  readonly #surroundings: Surroundings;
  readonly #outage: Outage;
  #version: ClusterVersion | undefined;

  constructor(kube: Kube, surroundings: Surroundings) {
    this.#kube = kube;
    this.#surroundings = surroundings;
    this.#outage = new Outage(surroundings, 'cannot read the version of the API server');
  }

  /** Undefined until it was read once. */
  get version(): ClusterVersion | undefined {
    return this.#version;
  }

  /** Resolves when the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#surroundings;
    while (!signal.aborted) {
      await this.#ask(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#outage.failed(error);
      });
      const { failures } = this.#outage;
      await clock.sleep(failures > 0 ? backoff(failures, random) : ASK_EVERY, signal);
    }
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const answer = await this.#kube.request({ method: 'GET', path: '/version' }, signal);
    this.#version = parseVersion(answer);
    this.#outage.over();
  }
}

/** What `/version` answers; the minor version of a managed cluster may end in a plus sign. Throws if it is no version. */
export function parseVersion(answer: unknown): ClusterVersion {
  const { major, minor } = answer as { major?: unknown; minor?: unknown };
  const [first, second] = [major, minor].map((part) => Number.parseInt(String(part), 10));
  if (!first || second === undefined || Number.isNaN(second)) {
    throw new Error(`expected a version of two numbers, found "${major}" and "${minor}"`);
  }
  return { major: first, minor: second };
}
