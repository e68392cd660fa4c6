import t from 'tap';
import { parseSettings } from '../../webhook/config.ts';

const BASE = ['--service=zk', '--namespace=system', '--webhook-configuration=zk'];

/** What is understood of these flags, or what is wrong with them. */
function certificates(...args: string[]) {
  const { settings, problems } = parseSettings([...BASE, ...args], {});
  return settings?.mode.kind === 'cluster' ? settings.mode.certificates : problems;
}

t.test('by default the webhook issues them', async (t) => {
  t.strictSame(certificates('--secret=tls'), {
    mode: 'self',
    secret: 'tls',
    lease: 'zk-certs',
    caOverlap: 86_400,
  });
  t.strictSame(certificates(), ['--secret is missing']);
});

t.test('given certificates come from a folder', async (t) => {
  for (const mode of ['cert-manager', 'secret']) {
    t.strictSame(certificates(`--cert-mode=${mode}`, '--tls-dir=/tls'), { mode, tlsDir: '/tls' });
    t.strictSame(certificates(`--cert-mode=${mode}`), ['--tls-dir is missing']);
    t.strictSame(certificates(`--cert-mode=${mode}`, '--tls-dir=/tls', '--lease=l', '--secret=s'), [
      `--secret goes without --cert-mode ${mode}`,
      `--lease goes without --cert-mode ${mode}`,
    ]);
  }
});

t.test('a folder is nothing for a webhook that issues them, and no mode is made up', async (t) => {
  t.strictSame(certificates('--secret=tls', '--tls-dir=/tls'), [
    '--tls-dir needs --cert-mode cert-manager or secret',
  ]);
  t.match(certificates('--cert-mode=byo', '--secret=tls'), [
    '--cert-mode is "byo"; expected one of self, cert-manager, secret',
  ]);
});
