import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createServer, connect as tlsConnect } from 'node:tls';
import t from 'tap';
import { BACKDATE, issueAuthority, issueLeaf } from '../../certs/issue.ts';
import { run } from '../support/run.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 12);
const HOSTS = ['zonekeeper', 'zonekeeper.system.svc', '127.0.0.1', '::1'];
const ca = await issueAuthority({ now: NOW, lifetime: 1825 * DAY });
const leaf = await issueLeaf(HOSTS, ca, { now: NOW, lifetime: 90 * DAY });
const caFacts = new X509Certificate(ca.cert);
const leafFacts = new X509Certificate(leaf.cert);

t.test('a leaf verifies against its CA and no other', async (t) => {
  const other = new X509Certificate((await issueAuthority({ now: NOW, lifetime: DAY })).cert);
  t.ok(leafFacts.checkIssued(caFacts));
  t.ok(leafFacts.verify(caFacts.publicKey));
  t.notOk(leafFacts.checkIssued(other));
  t.notOk(leafFacts.verify(other.publicKey));
  t.notOk(leafFacts.ca);
  t.ok(caFacts.ca);
});

t.test('validity is what was asked for, with room for clocks that run behind', async (t) => {
  t.equal(leafFacts.validFromDate.getTime(), NOW - BACKDATE);
  t.equal(leafFacts.validToDate.getTime(), NOW + 90 * DAY);
  t.equal(caFacts.validToDate.getTime(), NOW + 1825 * DAY);
});

t.test('every host is named, addresses as addresses', async (t) => {
  t.equal(leafFacts.checkHost('zonekeeper.system.svc'), 'zonekeeper.system.svc');
  t.equal(leafFacts.checkHost('other.system.svc'), undefined);
  t.equal(leafFacts.checkIP('127.0.0.1'), '127.0.0.1');
  t.ok(leafFacts.checkIP('::1'));
});

t.test('serial numbers are positive, 16 bytes long and never the same', async (t) => {
  const extremes = [0x00, 0xff].map((byte) => () => new Uint8Array(16).fill(byte));
  for (const random of extremes) {
    const { cert } = await issueAuthority({ now: NOW, lifetime: DAY, random });
    const { serialNumber } = new X509Certificate(cert);
    t.match(serialNumber, /^[4-7][0-9A-F]{31}$/);
  }
  t.not(leafFacts.serialNumber, caFacts.serialNumber);
  t.not(
    caFacts.subject,
    new X509Certificate((await issueAuthority({ now: NOW, lifetime: DAY })).cert).subject,
  );
});

t.test('the key belongs to the certificate and is RSA of 2048 bits', async (t) => {
  const { createPrivateKey } = await import('node:crypto');
  const key = createPrivateKey(leaf.key);
  t.ok(leafFacts.checkPrivateKey(key));
  t.equal(key.asymmetricKeyType, 'rsa');
  t.equal(key.asymmetricKeyDetails?.modulusLength, 2048);
});

t.test('OpenSSL accepts the chain strictly and sees the extensions', async (t) => {
  const folder = t.testdir();
  const file = (name: string) => path.join(folder, name);
  await writeFile(file('ca.crt'), ca.cert);
  await writeFile(file('tls.crt'), leaf.cert);
  const strict = ['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', `${NOW / 1000}`];
  const verified = await run('openssl', [...strict, '-CAfile', file('ca.crt'), file('tls.crt')]);
  t.equal(verified.code, 0, verified.stderr);
  const { stdout } = await run('openssl', ['x509', '-noout', '-text', '-in', file('tls.crt')]);
  t.match(stdout, /Basic Constraints: critical\s+CA:FALSE/);
  t.match(stdout, /X509v3 Key Usage: critical\s+Digital Signature, Key Encipherment\n/);
  t.match(stdout, /X509v3 Extended Key Usage: *\n\s+TLS Web Server Authentication\n/);
  t.match(stdout, /Signature Algorithm: sha256WithRSAEncryption/);
  const authority = await run('openssl', ['x509', '-noout', '-text', '-in', file('ca.crt')]);
  t.match(authority.stdout, /Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
  t.match(authority.stdout, /X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  const identifier = (text: string, name: string) =>
    new RegExp(`${name} Key Identifier: *\\n\\s+(?:keyid:)?([0-9A-F:]+)`).exec(text)?.[1];
  t.ok(identifier(authority.stdout, 'Subject'));
  t.equal(identifier(stdout, 'Authority'), identifier(authority.stdout, 'Subject'));
  t.not(identifier(stdout, 'Subject'), identifier(authority.stdout, 'Subject'));
});

t.test('a TLS client that trusts the CA connects', async (t) => {
  const now = Date.now();
  const fresh = await issueAuthority({ now, lifetime: DAY });
  const serving = await issueLeaf(['localhost', '127.0.0.1'], fresh, { now, lifetime: DAY });
  const server = createServer({ ...serving });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const socket = tlsConnect({ port: address.port, host: '127.0.0.1', ca: fresh.cert });
  await once(socket, 'secureConnect');
  t.ok(socket.authorized);
  socket.destroy();
  server.close();
});
