import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP, SocketAddress } from 'node:net';

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a PEM text, in order. What cannot be read is left out, so a damaged text has fewer or none. */
export function readCertificates(pem: string): X509Certificate[] {
  return (pem.match(PEM_CERTIFICATE) ?? []).flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}

/** The certificates as one PEM text without repetition, in order, each ending in a line feed. */
export function writeCertificates(certificates: readonly X509Certificate[]): string {
  return [...new Set(certificates.map((certificate) => `${certificate}`))].join('');
}

/** When the first certificate in the text expires, in milliseconds since the epoch; `NaN` if there is none. */
export function expiry(certPem: string): number {
  return readCertificates(certPem)[0]?.validToDate.getTime() ?? Number.NaN;
}

/** When the certificate should be replaced: with a third of its lifetime left, in milliseconds since the epoch. */
export function renewalTime(certificate: X509Certificate): number {
  const end = certificate.validToDate.getTime();
  return end - (end - certificate.validFromDate.getTime()) / 3;
}

/** Is there a certificate in the text, and has it more than a third of its lifetime left? */
export function needsRenewal(certPem: string, now: number): boolean {
  const [certificate] = readCertificates(certPem);
  return certificate === undefined || now >= renewalTime(certificate);
}

/** Is this PEM text the private key of the certificate? */
export function belongs(key: string, certificate: X509Certificate): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/** Does the certificate name each of these hosts and IP addresses itself, not by a wildcard or its common name? */
export function covers(certificate: X509Certificate, hosts: readonly string[]): boolean {
  const named = new Set(hostsOf(certificate));
  return hosts.every((host) => named.has(canonical(host)));
}

/** Would a client that calls the host or IP address accept the certificate for it? A wildcard may stand for it. */
export function answersTo(certificate: X509Certificate, host: string): boolean {
  const found = isIP(host)
    ? certificate.checkIP(host)
    : certificate.checkHost(host, { subject: 'never' });
  return found !== undefined;
}

/** The host names and IP addresses in the subjectAltName. */
export function hostsOf(certificate: X509Certificate): string[] {
  const names = certificate.subjectAltName?.split(', ') ?? [];
  return names.flatMap((name) => {
    const [, kind, value] = /^(DNS|IP Address):(.+)$/.exec(name) ?? [];
    if (kind === undefined || value === undefined) return [];
    return [kind === 'DNS' ? value : canonical(value)];
  });
}

/**
 * Would a client that trusts exactly this bundle accept the certificate, which is the first in its text and may be
 * followed by intermediate ones? Hosts are not looked at. As the API server does (crypto/x509 of Go), a certificate
 * that stands in the bundle itself is trusted.
 */
export function verifies(certPem: string, caBundlePem: string, now: number): boolean {
  return chains(certPem, caBundlePem).some((chain) => chain.every((one) => isCurrent(one, now)));
}

/**
 * When the CA expires by which such a client accepts the certificate, in milliseconds since the epoch: of several the one
 * that lasts longest; `NaN` if there is none.
 */
export function authorityExpiry(certPem: string, caBundlePem: string): number {
  const ends = chains(certPem, caBundlePem).map((chain) => chain.at(-1)?.validToDate.getTime());
  return ends.reduce<number>((latest, end = latest) => (latest > end ? latest : end), Number.NaN);
}

/** Every way from the first certificate of the text to one in the bundle, both included, valid now or not. */
function chains(certPem: string, caBundlePem: string): X509Certificate[][] {
  const [leaf, ...intermediates] = readCertificates(certPem);
  return leaf ? chainsFrom(leaf, intermediates, readCertificates(caBundlePem)) : [];
}

function chainsFrom(
  certificate: X509Certificate,
  intermediates: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
): X509Certificate[][] {
  const isAnchor = anchors.some((anchor) => anchor.fingerprint256 === certificate.fingerprint256);
  const last = anchors.filter((anchor) => isSignedBy(certificate, anchor));
  const longer = intermediates
    .filter((next) => isSignedBy(certificate, next))
    .flatMap((next) => {
      const others = intermediates.filter((other) => other !== next);
      return chainsFrom(next, others, anchors);
    });
  return [...(isAnchor ? [[]] : []), ...last.map((anchor) => [anchor]), ...longer].map((rest) => [
    certificate,
    ...rest,
  ]);
}

/** Did the CA sign the certificate? */
export function isSignedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return (
    authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  );
}

function isCurrent(certificate: X509Certificate, now: number): boolean {
  return certificate.validFromDate.getTime() <= now && now < certificate.validToDate.getTime();
}

/** One spelling for an IPv6 address; anything else as it is, in lower case as DNS compares. */
function canonical(host: string): string {
  if (isIP(host) !== 6) return host.toLowerCase();
  return new SocketAddress({ address: host, family: 'ipv6' }).address;
}
