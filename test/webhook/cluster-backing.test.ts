import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { issueAuthority, issueLeaf } from '../../certs/issue.ts';
import type { ServingCertificate } from '../../certs/source.ts';
import type { CertificateSettings } from '../../webhook/certificate-settings.ts';
import { clusterBacking } from '../../webhook/cluster-backing.ts';
import type { ClusterSettings } from '../../webhook/config.ts';
import { SHIPPED_CONFIGURATION } from '../../webhook/core/configuration.ts';
import { type ApiServerState, startApiServer } from '../support/fake-api-server.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { realClock } from '../support/real-clock.ts';

t.setTimeout(240_000); // RSA keys take seconds on a busy machine.

const now = Date.now();
const DAY = 86_400_000;
const ca = await issueAuthority({ now, lifetime: DAY });
const leaf = await issueLeaf(['zk.system.svc'], ca, { now, lifetime: DAY });
const OWNED = { owner: 'release', classLease: 'zk-classes' };
const SELF = { mode: 'self', secret: 'tls', lease: 'zk-certs', caOverlap: 5 } as const;

const configuration = (caBundle: string) => ({
  metadata: { name: 'zk', resourceVersion: '2' },
  webhooks: [
    { name: 'hook', clientConfig: { caBundle: Buffer.from(caBundle).toString('base64') } },
  ],
});

/** What stands behind a webhook that runs until its test ends, and the first certificate it serves. */
async function start(
  test: Test,
  given: CertificateSettings,
  prepare: (state: ApiServerState) => void = () => {},
  more: Partial<ClusterSettings> = {},
) {
  const folder = test.testdir();
  const { kubeconfig, state } = await startApiServer(test, folder);
  prepare(state);
  const settings = {
    kind: 'cluster',
    service: 'zk',
    namespace: 'system',
    clusterDomain: 'cluster.local',
    certificates: given,
    webhookConfiguration: 'zk',
    kubeconfig,
    ...more,
  } as const;
  const log = new MemoryLog();
  const surroundings = { clock: realClock, log };
  const backing = await clusterBacking(settings, [], SHIPPED_CONFIGURATION, surroundings);
  const end = new AbortController();
  const running = [backing.run(end.signal)];
  const served = new Promise<ServingCertificate>((resolve) => {
    running.push(backing.certificates.run(end.signal, resolve));
  });
  test.teardown(() => {
    end.abort();
    return Promise.all(running);
  });
  return { backing, state, log, certificate: await served };
}

/** Certificates of somebody else, in a folder as a Secret is mounted. */
async function mounted(test: Test, mode: 'cert-manager' | 'secret', more: Record<string, string>) {
  const files = { 'tls.crt': leaf.cert, 'tls.key': leaf.key, ...more };
  const tlsDir = await mkdtemp(path.join(tmpdir(), 'zonekeeper-'));
  test.teardown(() => rm(tlsDir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(tlsDir, name), text);
  }
  return { mode, tlsDir };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(5);
}

t.test('certificates that it issues are kept in a Secret, under a Lease', async (t) => {
  const { state, certificate, backing } = await start(t, SELF, undefined, OWNED);
  t.match(certificate.caBundle, /BEGIN CERTIFICATE/);
  await until(() => backing.view().claims !== undefined);
  t.match(backing.view().version, { major: 1, minor: 36 });
  const SYSTEM = '/api/v1/namespaces/system';
  t.ok(state.requests.includes(`GET ${SYSTEM}/secrets/tls`));
  t.ok(state.requests.includes(`GET ${SYSTEM}/configmaps/release`));
  t.ok(
    state.requests.includes('GET /apis/coordination.k8s.io/v1/namespaces/system/leases/zk-certs'),
  );
});

t.test('a certificate that is issued is not trusted before the bundle is written', async (t) => {
  const { backing, certificate } = await start(t, SELF, (state) => {
    state.configurations = [configuration('')];
  });
  await until(() => backing.distrust(certificate)?.includes('does not verify') === true);
  t.equal(
    backing.distrust(certificate),
    'the caBundle of MutatingWebhookConfiguration "zk" does not verify the served certificate yet',
  );
  t.notOk(backing.isInSync(certificate));
});

t.test('without a webhook configuration nobody trusts it', async (t) => {
  const { backing, certificate } = await start(t, SELF);
  await until(() => backing.distrust(certificate)?.startsWith('there is no') === true);
  t.equal(backing.distrust(certificate), 'there is no MutatingWebhookConfiguration "zk"');
});

t.test('with cert-manager the bundle is read and never written', async (t) => {
  const settings = await mounted(t, 'cert-manager', { 'ca.crt': 'of cert-manager' });
  const { backing, certificate, state } = await start(t, settings, (all) => {
    all.configurations = [configuration(ca.cert)];
  });
  t.strictSame(certificate, { ...leaf, caBundle: '' });
  await until(() => backing.distrust(certificate) === undefined);
  t.ok(backing.isInSync(certificate));
  await until(() => backing.view().claims !== undefined);
  t.same(
    state.requests.filter((request) => /^(PATCH|PUT|DELETE) /.test(request)),
    [],
  );
  t.notOk(state.requests.some((request) => /\/secrets([/?]|$)/.test(request)));
});

t.test('with an own Secret its ca.crt is what the API server is to trust', async (t) => {
  const settings = await mounted(t, 'secret', { 'ca.crt': ca.cert });
  const { backing, certificate, state } = await start(t, settings, (all) => {
    all.configurations = [configuration('')];
  });
  t.equal(certificate.caBundle, ca.cert);
  backing.certificateChanged();
  await until(() => state.requests.some((request) => request.startsWith('PATCH ')));
  t.notOk(backing.isInSync(certificate));
});

t.test('an own Secret without ca.crt says what is missing', async (t) => {
  const settings = await mounted(t, 'secret', {});
  const { backing, certificate } = await start(t, settings, (state) => {
    state.configurations = [configuration('')];
  });
  await until(() => backing.distrust(certificate)?.startsWith('ca.crt') === true);
  t.equal(
    backing.distrust(certificate),
    'ca.crt is missing: put it into the Secret or set certs.caBundle',
  );
});

t.test('what it may not do is named while it starts', async (t) => {
  const { backing, state } = await start(t, SELF, ({ refused }) => {
    refused.add('patch secrets').add('list storageclasses');
  });
  await until(() => backing.missingPermissions() > 0);
  t.equal(backing.missingPermissions(), 2);
  t.equal(
    backing.lacks(),
    'the ServiceAccount may not patch secrets "tls" in namespace "system"',
    'what only costs warnings does not count',
  );
  t.ok(state.refused.size > 0);
});

t.test('an account that may do everything lacks nothing', async (t) => {
  const { backing, state } = await start(t, SELF);
  await until(() => state.requests.filter((each) => each.endsWith('reviews')).length > 10);
  t.equal(backing.missingPermissions(), 0);
  t.equal(backing.lacks(), undefined);
});

t.test('the SecretProviderClasses of sets are kept where that is asked for', async (t) => {
  const { backing, state, log } = await start(t, SELF, undefined, OWNED);
  const seen = (request: string) => () => state.requests.includes(request);
  await until(seen('GET /apis/coordination.k8s.io/v1/namespaces/system/leases/zk-classes'));
  await until(seen('GET /apis/apps/v1/statefulsets'));
  await until(seen('GET /apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses'));
  t.match(backing.classes?.(), { managed: 0, queued: 0 });
  t.same(
    log.lines.filter(({ level }) => level === 'error'),
    [],
  );
});

t.test('else nobody looks at StatefulSets', async (t) => {
  const { backing, state } = await start(t, SELF);
  t.equal(backing.classes, undefined);
  await until(() => backing.view().claims !== undefined);
  t.notOk(state.requests.some((request) => request.includes('/statefulsets')));
});
