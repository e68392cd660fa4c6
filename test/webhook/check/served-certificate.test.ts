import t from 'tap';
import { servedCertificate } from '../../../webhook/check/served-certificate.ts';
import { startHttpsServer } from '../../support/https-server.ts';

t.test('the certificate is seen, and judged by the bundle', async (t) => {
  const server = await startHttpsServer((_request, response) => response.end());
  t.teardown(() => server.stop());
  const url = `${server.url}/mutate`;
  const now = Date.now();
  const seen = await servedCertificate(url, server.ca, now);
  t.match(seen, { url, trusted: true });
  t.ok((seen?.ends ?? 0) > now);
  await server.replaceAuthority();
  t.match(await servedCertificate(url, server.ca, now), { trusted: false });
});

t.test('a server that is out of reach from here says nothing', async (t) => {
  t.equal(await servedCertificate('https://127.0.0.1:1/mutate', '', 0), undefined);
  t.equal(await servedCertificate('no URL', '', 0), undefined);
});
