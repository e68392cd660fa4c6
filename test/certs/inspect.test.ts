import { X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import t from 'tap';
import {
  authorityExpiry,
  belongs,
  covers,
  expiry,
  hostsOf,
  needsRenewal,
  readCertificates,
  verifies,
  writeCertificates,
} from '../../certs/inspect.ts';
import { BACKDATE, issueAuthority, issueLeaf, type KeyedCertificate } from '../../certs/issue.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 12);
const HOSTS = ['zonekeeper', 'zonekeeper.system.svc', '127.0.0.1', '::1'];
const ca = await issueAuthority({ now: NOW, lifetime: 100 * DAY });
const other = await issueAuthority({ now: NOW, lifetime: 100 * DAY });
const leaf = await issueLeaf(HOSTS, ca, { now: NOW, lifetime: 90 * DAY });
const leafFacts = new X509Certificate(leaf.cert);

/** The same CA, signed by another instead of itself. */
function resign(cert: string, by: KeyedCertificate): string {
  const certificate = forge.pki.certificateFromPem(cert);
  certificate.setIssuer(forge.pki.certificateFromPem(by.cert).subject.attributes);
  certificate.setExtensions([{ name: 'basicConstraints', critical: true, cA: true }]);
  certificate.sign(forge.pki.privateKeyFromPem(by.key), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

t.test('a certificate verifies against a bundle that holds its CA', async (t) => {
  t.ok(verifies(leaf.cert, ca.cert, NOW));
  t.ok(verifies(leaf.cert, other.cert + ca.cert, NOW));
  t.notOk(verifies(leaf.cert, other.cert, NOW));
  t.notOk(verifies(leaf.cert, '', NOW));
  t.notOk(verifies('', ca.cert, NOW));
});

t.test('it does so only while both are valid', async (t) => {
  t.ok(verifies(leaf.cert, ca.cert, NOW - BACKDATE));
  t.notOk(verifies(leaf.cert, ca.cert, NOW - BACKDATE - 1000));
  t.notOk(verifies(leaf.cert, ca.cert, NOW + 90 * DAY));
  const longer = await issueLeaf(HOSTS, ca, { now: NOW, lifetime: 200 * DAY });
  t.notOk(verifies(longer.cert, ca.cert, NOW + 101 * DAY));
});

t.test('an intermediate CA may stand between, if it is sent along', async (t) => {
  const intermediate = { cert: resign(other.cert, ca), key: other.key };
  const chained = await issueLeaf(HOSTS, intermediate, { now: NOW, lifetime: DAY });
  t.ok(verifies(chained.cert + intermediate.cert, ca.cert, NOW));
  t.notOk(verifies(chained.cert, ca.cert, NOW));
  t.notOk(verifies(chained.cert + intermediate.cert, leaf.cert, NOW));
  t.notOk(verifies(chained.cert + intermediate.cert, ca.cert, NOW + 99 * DAY));
});

t.test('a bundle may hold the certificate itself', async (t) => {
  t.ok(verifies(leaf.cert, leaf.cert, NOW));
});

t.test('the CA that counts is the one by which the certificate is trusted', async (t) => {
  const end = NOW + 100 * DAY;
  const intermediate = { cert: resign(other.cert, ca), key: other.key };
  const chained = await issueLeaf(HOSTS, intermediate, { now: NOW, lifetime: DAY });
  const brief = await issueAuthority({ now: NOW, lifetime: DAY });
  t.equal(authorityExpiry(leaf.cert, brief.cert + ca.cert), end);
  t.equal(authorityExpiry(chained.cert + intermediate.cert, ca.cert), end);
  t.equal(authorityExpiry(leaf.cert, leaf.cert), NOW + 90 * DAY, 'the certificate itself');
  t.equal(authorityExpiry(leaf.cert, leaf.cert + ca.cert), end, 'the one that lasts longest');
  for (const [cert, bundle] of [
    [leaf.cert, brief.cert],
    [leaf.cert, ''],
    ['', ca.cert],
  ] as const) {
    t.ok(Number.isNaN(authorityExpiry(cert, bundle)));
  }
});

t.test('damaged certificates are left out and never thrown about', async (t) => {
  const damaged = leaf.cert.replace(/\n[A-Za-z0-9+/]{10}/, '\nAAAAAAAAAA');
  t.same(readCertificates(damaged), []);
  t.equal(readCertificates(damaged + ca.cert).length, 1);
  t.notOk(verifies(leaf.cert.slice(0, 200), ca.cert, NOW));
  t.same(readCertificates('no certificate at all'), []);
});

t.test('a bundle is written without repetition', async (t) => {
  const bundle = writeCertificates(readCertificates(ca.cert + other.cert + ca.cert));
  t.equal(bundle, ca.cert + other.cert);
});

t.test('a key belongs to its own certificate only', async (t) => {
  t.ok(belongs(leaf.key, leafFacts));
  t.notOk(belongs(ca.key, leafFacts));
  t.notOk(belongs('no key', leafFacts));
});

t.test('hosts are those that are named, however an address is spelt', async (t) => {
  t.same(hostsOf(leafFacts), HOSTS);
  t.ok(covers(leafFacts, ['zonekeeper.system.svc', '0:0:0:0:0:0:0:1', '127.0.0.1']));
  t.ok(covers(leafFacts, ['ZoneKeeper']));
  t.notOk(covers(leafFacts, ['zonekeeper', 'elsewhere']));
  t.same(hostsOf(new X509Certificate(ca.cert)), []);
});

t.test('renewal is due with a third of the lifetime left', async (t) => {
  t.notOk(needsRenewal(leaf.cert, NOW + 59 * DAY));
  t.ok(needsRenewal(leaf.cert, NOW + 60 * DAY));
  t.ok(needsRenewal('', NOW));
  t.equal(expiry(leaf.cert), NOW + 90 * DAY);
  t.ok(Number.isNaN(expiry('')));
});
