import { Custodian, type CustodianOptions } from './custodian.ts';
import { follow, LOOK_EVERY } from './follow.ts';
import { POLICY } from './plan.ts';
import type { CertSource, ServingCertificate } from './source.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * `policy` defaults to a CA of 5 years and leaves of 90 days, `mayRotate` to always, and `isPublished` to never, so that
 * no CA is replaced before it has to be.
 */
export type SecretSourceOptions = Pick<CustodianOptions, 'store' | 'hosts'> &
  Partial<CustodianOptions>;

/**
 * Issues its own certificates and keeps them in a store that all replicas share: the first to write wins, and the others
 * serve what it wrote. What is missing, damaged or for other hosts is mended at once.
 */
export function secretSource(options: SecretSourceOptions, surroundings: Surroundings): CertSource {
  const { policy = POLICY } = options;
  const custodian = new Custodian(
    { mayRotate: () => true, isPublished: () => false, ...options, policy },
    surroundings,
  );
  let settling: Promise<ServingCertificate> | undefined;
  const read = () => {
    settling ??= custodian.settle().finally(() => {
      settling = undefined;
    });
    return settling;
  };
  const watch = options.store.watch.bind(options.store);
  // A phase of a rotation ends by the time alone, so it is looked at as often as the shortest takes.
  const lookEvery = Math.min(LOOK_EVERY, policy.publishFor);
  return {
    current: read,
    run: (signal, onChange) => follow({ read, watch, lookEvery }, surroundings, signal, onChange),
  };
}
