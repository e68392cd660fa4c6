import { backoff } from '../../certs/backoff.ts';
import { Outage } from '../../certs/outage.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import type { Kube } from './kube.ts';
import { type Permission, permissionText } from './permissions.ts';

/** Soon again while something is missing, so that a mended role is noticed; else now and then. */
const MISSING_PAUSE = 15_000;
const COMPLETE_PAUSE = 600_000;

/**
 * Asks the API server for every permission that is needed, instead of waiting until one is missed: many an injector stood
 * still without a word because a role was too small (hashicorp/vault-helm#725).
 */
export class PermissionCheck {
  readonly #kube: Kube;
  readonly #needed: readonly Permission[];
  readonly #surroundings: Surroundings;
  readonly #outage: Outage;
  #missing: readonly Permission[] | undefined;
  #wasComplete = false;

  constructor(kube: Kube, needed: readonly Permission[], surroundings: Surroundings) {
    this.#kube = kube;
    this.#needed = needed;
    this.#surroundings = surroundings;
    this.#outage = new Outage(surroundings, 'cannot ask for permissions');
  }

  /** What is not allowed; undefined until it was asked for once. */
  get missing(): readonly Permission[] | undefined {
    return this.#missing;
  }

  /** Was nothing that is essential missing at any time? */
  get wasComplete(): boolean {
    return this.#wasComplete;
  }

  /** Resolves when the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#surroundings;
    while (!signal.aborted) {
      await this.#ask(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#outage.failed(error);
      });
      const { failures } = this.#outage;
      const usual = this.#missing?.length === 0 ? COMPLETE_PAUSE : MISSING_PAUSE;
      await clock.sleep(failures > 0 ? backoff(failures, random) : usual, signal);
    }
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const missing: Permission[] = [];
    for (const permission of this.#needed) {
      if (!(await this.#isAllowed(permission, signal))) missing.push(permission);
    }
    this.#outage.over();
    this.#tell(missing);
    this.#missing = missing;
    this.#wasComplete ||= !missing.some(({ essential }) => essential);
  }

  async #isAllowed(permission: Permission, signal: AbortSignal): Promise<boolean> {
    const { essential: _, ...resourceAttributes } = permission;
    const review = {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { spec: { resourceAttributes } },
    } as const;
    const { status } = (await this.#kube.request(review, signal)) as {
      status?: { allowed?: boolean };
    };
    return status?.allowed === true;
  }

  /** Once, until it is another one. */
  #tell(missing: readonly Permission[]): void {
    const { log } = this.#surroundings;
    const texts = missing.map(permissionText);
    if (texts.join() === (this.#missing ?? []).map(permissionText).join()) return;
    if (texts.length === 0) log.info({}, 'every permission is granted now');
    else log.error({ missing: texts }, 'permissions are missing; expected the roles of the chart');
  }
}
