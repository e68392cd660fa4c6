import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import t from 'tap';
import { serveCertificate } from '../../../webhook/server/tls.ts';
import { reviewOf, statefulSet } from './support/fixtures.ts';
import { ca, exchange, issueForLoopback, listeningServer } from './support/listening.ts';

const serial = (pem: string) => new X509Certificate(pem).serialNumber;

t.test('a client that trusts the CA gets its answer over TLS', async (t) => {
  const { open } = await listeningServer(t);
  const socket = await open();
  t.equal(socket.getProtocol(), 'TLSv1.3');
  t.match(await exchange(socket, reviewOf(statefulSet())), /^HTTP\/1.1 200 /);
});

t.test('TLS 1.2 is spoken and nothing older', async (t) => {
  const { open, port } = await listeningServer(t);
  const socket = await open({ maxVersion: 'TLSv1.2' });
  t.equal(socket.getProtocol(), 'TLSv1.2');
  const old = connect({
    host: '127.0.0.1',
    port,
    ca: ca.cert,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  const [error] = await once(old, 'error');
  t.match(error, { code: /ERR_SSL_.*PROTOCOL/ });
});

t.test('only HTTP/1.1 is agreed upon, whatever the client offers', async (t) => {
  const { open } = await listeningServer(t);
  t.equal((await open({ ALPNProtocols: ['h2', 'http/1.1'] })).alpnProtocol, 'http/1.1');
});

t.test('a new certificate is shown to new connections and disturbs no open one', async (t) => {
  const { app, leaf, open } = await listeningServer(t);
  const early = await open();
  await exchange(early, reviewOf(statefulSet()));
  const next = await issueForLoopback();
  const expiry = serveCertificate(app.server, next);
  t.equal(expiry.getTime(), new X509Certificate(next.cert).validToDate.getTime());

  const late = await open();
  t.equal(late.getPeerCertificate().serialNumber, serial(next.cert));
  t.equal(early.getPeerCertificate().serialNumber, serial(leaf.cert));
  t.match(await exchange(early, reviewOf(statefulSet())), /^HTTP\/1.1 200 /);
  t.match(await exchange(late, reviewOf(statefulSet())), /^HTTP\/1.1 200 /);
});

t.test('a key that does not fit is refused and the old certificate stays', async (t) => {
  const { app, leaf, open } = await listeningServer(t);
  const [one, other] = await Promise.all([issueForLoopback(), issueForLoopback()]);
  t.throws(() => serveCertificate(app.server, { cert: one.cert, key: other.key }));
  t.equal((await open()).getPeerCertificate().serialNumber, serial(leaf.cert));
});
