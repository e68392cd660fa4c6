import { follow } from './follow.ts';
import { answersTo, belongs, readCertificates } from './inspect.ts';
import type { CertSource, ServingCertificate } from './source.ts';
import { serving } from './state.ts';
import type { SecretStore } from './store.ts';
import type { Surroundings } from './surroundings.ts';

export interface GivenSourceOptions {
  /** Where somebody else keeps `tls.crt` (intermediate certificates after it), `tls.key` and `ca.crt`. */
  readonly store: Pick<SecretStore, 'read' | 'watch'>;
  /** What clients call; a certificate that does not name it all is served with a warning. */
  readonly hosts: readonly string[];
  /** Is `ca.crt` what clients are to trust? Not where cert-manager tells them, which does not need the file. */
  readonly publishes: boolean;
}

/**
 * Serves what cert-manager or an administrator keeps in a store, and never writes there. What cannot be served is told
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
    if (trouble !== '' && trouble !== told) log.warn({ trouble }, 'trouble with the certificate');
    told = trouble;
  };
  const current = async () => {
    const { files = {} } = (await store.read()) ?? {};
    const found = serving(files);
    const defect = defectOf(found);
    if (defect === '') good = publishes ? found : { ...found, caBundle: '' };
    tell(defect || troubleOf(good, hosts, publishes));
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
function defectOf({ cert, key }: ServingCertificate): string {
  const [certificate] = readCertificates(cert);
  if (!certificate) return 'tls.crt is missing or not readable; expected certificates as PEM';
  if (belongs(key, certificate)) return '';
  return 'tls.key is missing or not that of tls.crt; expected its private key as PEM';
}

/** Why clients will refuse it though it can be served; empty if they need not. */
function troubleOf(
  good: ServingCertificate | undefined,
  hosts: readonly string[],
  publishes: boolean,
): string {
  const [certificate] = readCertificates(good?.cert ?? '');
  const missed = certificate ? hosts.filter((host) => !answersTo(certificate, host)) : [];
  if (missed.length > 0) return `tls.crt does not name ${missed.join(', ')}, which clients call`;
  if (publishes && good?.caBundle === '') return 'ca.crt is missing, so clients are told no CA';
  return '';
}
