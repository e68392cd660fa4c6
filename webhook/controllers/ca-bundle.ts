import type { X509Certificate } from 'node:crypto';
import { backoff } from '../../certs/backoff.ts';
import { Outage } from '../../certs/outage.ts';
import type { CertSource } from '../../certs/source.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import { Wakeup } from '../../certs/wakeup.ts';
import type { Kube } from './kube.ts';
import { isConflict, isNotFound } from './kube-error.ts';
import { CONFIGURATIONS, LiveBundle, type Trust } from './live-bundle.ts';
import { bundleApplyConfiguration } from './webhook-bundles.ts';

export interface CaBundleOptions {
  /** Name of the MutatingWebhookConfiguration. */
  readonly name: string;
  /** Its CA bundle is what the API server should trust; nothing is written while that is empty. */
  readonly source: Pick<CertSource, 'current'>;
}

/** Keeps `webhooks[].clientConfig.caBundle` of one MutatingWebhookConfiguration equal to the CA bundle of a source. */
export interface CaBundleKeeper {
  /** Resolves when the signal is aborted; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** The source has changed: compare now. */
  refresh(): void;
  /** Would the API server accept this certificate (PEM, intermediate ones after it) at this moment? */
  trust(certPem: string): Trust;
  /** When the CA expires by which it does, in milliseconds since the epoch; `NaN` if by none. */
  authorityExpiry(certPem: string): number;
  /** Does the API server trust this CA at this moment? */
  isPublished(authority: X509Certificate): boolean;
  /** Has every webhook the bundle that the source had when it was last compared? */
  inSync(): boolean;
}

/** Any replica may run one: they all write the same, and of two at once the first wins. */
export function caBundleKeeper(
  kube: Kube,
  options: CaBundleOptions,
  surroundings: Surroundings,
): CaBundleKeeper {
  return new AppliedCaBundle(kube, options, surroundings);
}

const FIELD_MANAGER = 'zonekeeper-ca-bundle';
const COMPARE_EVERY = 60_000;
/** Replicas wait a random part of that, so that mostly one of them writes. */
const SPREAD = 300;
/** Whoever changes the bundle again within that time is answered ever more slowly, up to the pause after it. */
const PEACE = 60_000;
const LONGEST_PATIENCE = 5_000;

class AppliedCaBundle implements CaBundleKeeper {
  readonly #kube: Kube;
  readonly #options: CaBundleOptions;
  readonly #surroundings: Surroundings;
  readonly #wakeup: Wakeup;
  readonly #live: LiveBundle;
  readonly #outage: Outage;
  #wanted = '';
  #disputes = 0;
  #appliedAt = Number.NEGATIVE_INFINITY;

  constructor(kube: Kube, options: CaBundleOptions, surroundings: Surroundings) {
    const { name } = options;
    this.#kube = kube;
    this.#options = options;
    this.#surroundings = surroundings;
    this.#wakeup = new Wakeup(surroundings.clock);
    this.#live = new LiveBundle(kube, name, () => this.refresh(), surroundings);
    this.#outage = new Outage(surroundings, 'cannot keep the caBundle', { name });
  }

  async run(signal: AbortSignal): Promise<void> {
    const { random } = this.#surroundings;
    const watching = this.#live.run(signal);
    while (!signal.aborted) {
      await this.#keep(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#outage.failed(error);
      });
      const { failures } = this.#outage;
      await this.#wakeup.sleep(failures > 0 ? backoff(failures, random) : COMPARE_EVERY, signal);
    }
    await watching;
  }

  refresh(): void {
    this.#wakeup.wake();
  }

  trust(certPem: string): Trust {
    return this.#live.trust(certPem);
  }

  authorityExpiry(certPem: string): number {
    return this.#live.authorityExpiry(certPem);
  }

  isPublished(authority: X509Certificate): boolean {
    return this.#live.holds(authority);
  }

  inSync(): boolean {
    return this.#wanted !== '' && this.#live.equals(this.#wanted);
  }

  /**
   * The source is asked again after the pause: a replica that was frozen meanwhile must not write what was right before.
   */
  async #keep(signal: AbortSignal): Promise<void> {
    if (await this.#differs()) {
      await this.#surroundings.clock.sleep(this.#patience(), signal);
      if (!signal.aborted && (await this.#differs())) await this.#apply(signal);
    }
    this.#outage.over();
  }

  async #differs(): Promise<boolean> {
    if (!this.#live.found) return false;
    this.#wanted = (await this.#options.source.current()).caBundle;
    return this.#wanted !== '' && !this.inSync();
  }

  #patience(): number {
    const { clock, random = Math.random } = this.#surroundings;
    if (clock.now() >= this.#appliedAt + PEACE) this.#disputes = 0;
    if (this.#disputes === 0) return SPREAD * random();
    return Math.min(LONGEST_PATIENCE, backoff(this.#disputes, random));
  }

  async #apply(signal: AbortSignal): Promise<void> {
    const { name } = this.#options;
    const { found } = this.#live;
    if (!found) return;
    this.#disputes += 1;
    this.#appliedAt = this.#surroundings.clock.now();
    const request = {
      method: 'PATCH',
      path: `${CONFIGURATIONS}/${name}`,
      query: { fieldManager: FIELD_MANAGER, force: 'true' },
      contentType: 'application/apply-patch+yaml',
      body: bundleApplyConfiguration(name, found, this.#wanted),
    } as const;
    try {
      await this.#kube.request(request, signal);
      this.#surroundings.log.info({ name }, 'wrote the caBundle');
    } catch (error) {
      // Changed or deleted since it was seen: the watch tells what it is now.
      if (!isConflict(error) && !isNotFound(error)) throw error;
    }
  }
}
