import { follow } from './follow.ts';
import { answersTo, belongs, readCertificates } from './inspect.ts';
import type { CertSource, ServingCertificate } from './source.ts';
import { serving } from './state.ts';
import type { SecretStore } from './store.ts';
import type { Surroundings } from './surroundings.ts';

export interface GivenSourceOptions {
  /** Where somebody else keeps `tls.crt`, `tls.key` and, if clients are told by the webhook, `ca.crt`. */
  readonly store: Pick<SecretStore, 'read' | 'watch'>;
  /** Host names and IP addresses that clients call; a certificate without them is served with a warning. */
  readonly hosts: readonly string[];
  /** Does the webhook tell clients what `ca.crt` says? Not where cert-manager does. */
  readonly publishes: boolean;
}

/**
 * Serves what cert-manager or an administrator keeps in a Secret, and never writes there. What cannot be served is told
 * in the log and waited for; until then the last good certificate stays.
 */
export function givenSource(
  { store, hosts, publishes }: GivenSourceOptions,
  surroundings: Surroundings,
): CertSource {
  const { log } = surroundings;
  let good: ServingCertificate | undefined;
  let told = '';
  const tell = (trouble: string) => {
    if (trouble !== '' && trouble !== told) log.warn({ trouble }, 'the Secret of the certificate');
    told = trouble;
  };
  const current = async () => {
    const stored = await store.read();
    const found = stored && serving(stored.files);
    const defect = defectOf(found);
    if (found && defect === '') good = publishes ? found : { ...found, caBundle: '' };
    tell(defect || missedHosts(good, hosts));
    if (good) return good;
    throw new Error(`no certificate can be served: ${defect}`);
  };
  return {
    current,
    run: (signal, onChange) =>
      follow({ read: current, watch: store.watch.bind(store) }, surroundings, signal, onChange),
  };
}

/** Why a certificate cannot be served; empty if it can. */
function defectOf(found: ServingCertificate | undefined): string {
  if (!found) return 'it does not exist; expected one of type kubernetes.io/tls';
  const [certificate] = readCertificates(found.cert);
  if (!certificate) return 'its tls.crt holds no readable certificate; expected PEM';
  if (!belongs(found.key, certificate)) {
    return 'its tls.key does not belong to its tls.crt; expected the PEM key of that certificate';
  }
  return '';
}

/** Which hosts a certificate leaves out; empty if none. */
function missedHosts(found: ServingCertificate | undefined, hosts: readonly string[]): string {
  const [certificate] = readCertificates(found?.cert ?? '');
  const missed = certificate ? hosts.filter((host) => !answersTo(certificate, host)) : [];
  if (missed.length === 0) return '';
  return `its tls.crt does not name ${missed.join(', ')}; clients that call those will refuse it`;
}
