import type { X509Certificate } from 'node:crypto';
import { authorityExpiry, readCertificates, verifies } from '../../certs/inspect.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import type { Kube } from './kube.ts';
import { Reflector } from './reflector.ts';
import { type WebhookBundles, webhookBundles } from './webhook-bundles.ts';

/**
 * Would the API server accept a certificate? `unknown` until the webhook configuration was looked for, `absent` if there
 * is none, or none with webhooks.
 */
export type Trust = 'trusted' | 'untrusted' | 'absent' | 'unknown';

export const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

/** The caBundle of each webhook of one MutatingWebhookConfiguration, as the API server has it. */
export class LiveBundle {
  readonly #name: string;
  readonly #surroundings: Surroundings;
  readonly #reflector: Reflector<WebhookBundles>;

  constructor(kube: Kube, name: string, onChange: () => void, surroundings: Surroundings) {
    const query = { fieldSelector: `metadata.name=${name}` };
    const collection = { path: CONFIGURATIONS, query, project: webhookBundles, onChange };
    this.#name = name;
    this.#surroundings = surroundings;
    this.#reflector = new Reflector(kube, collection, surroundings);
  }

  /** Resolves when the signal is aborted; never rejects. */
  run(signal: AbortSignal): Promise<void> {
    return this.#reflector.run(signal);
  }

  /** Undefined unless there is a configuration that has webhooks. */
  get found(): WebhookBundles | undefined {
    const found = this.#reflector.items?.get(this.#name);
    return found && found.bundles.size > 0 ? found : undefined;
  }

  trust(certPem: string): Trust {
    if (this.#reflector.items === undefined) return 'unknown';
    if (!this.found) return 'absent';
    const now = this.#surroundings.clock.now();
    return this.#every((bundle) => verifies(certPem, bundle, now)) ? 'trusted' : 'untrusted';
  }

  /** When the CA expires by which the API server accepts the certificate: of several webhooks the first that loses it. */
  authorityExpiry(certPem: string): number {
    const bundles = [...(this.found?.bundles.values() ?? [])];
    const ends = bundles.map((bundle) => authorityExpiry(certPem, bundle));
    return ends.length === 0 ? Number.NaN : Math.min(...ends);
  }

  /** Is this CA in the bundle of every webhook? */
  holds({ fingerprint256 }: X509Certificate): boolean {
    return this.#every((bundle) =>
      readCertificates(bundle).some((found) => found.fingerprint256 === fingerprint256),
    );
  }

  /** Has every webhook this very bundle? */
  equals(caBundle: string): boolean {
    return this.#every((bundle) => bundle === caBundle);
  }

  #every(condition: (bundle: string) => boolean): boolean {
    return this.found !== undefined && [...this.found.bundles.values()].every(condition);
  }
}
