import { X509Certificate } from 'node:crypto';
import t from 'tap';
import { issueAuthority, issueLeaf, type KeyedCertificate } from '../../../certs/issue.ts';
import { until } from '../until.ts';
import {
  createReleaseNamespace,
  installInto,
  RELEASE,
  RELEASE_NAMESPACE,
  untilSettled,
} from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import { MOUNT_TIMEOUT, metricsOf, servedCertificates, untilServed } from './served-certificate.ts';
import { everyCallSucceeded, underLoad } from './under-load.ts';

const NAME = 'own-tls';
const SECRETS = `/api/v1/namespaces/${RELEASE_NAMESPACE}/secrets`;
const CONFIGURATION = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${RELEASE}`;
const HOSTS = [`${RELEASE}.${RELEASE_NAMESPACE}.svc`];
const issuance = () => ({ now: Date.now(), lifetime: 30 * 24 * 60 * 60_000 });

type Configuration = { webhooks: { clientConfig: { caBundle?: string } }[] };

const cluster = await NodeCluster.start({ zones: ['westeurope-1', 'westeurope-2'] });
t.teardown(() => cluster.stop());
const { api } = cluster.controlPlane;

let authority = await issueAuthority(issuance());
const renewed = () => issueLeaf(HOSTS, authority, issuance());
let leaf = await renewed();

/** What an administrator keeps, as Kubernetes takes it. */
function secretOf({ cert, key }: KeyedCertificate, ...authorities: KeyedCertificate[]) {
  return {
    type: 'kubernetes.io/tls',
    stringData: {
      'tls.crt': cert,
      'tls.key': key,
      'ca.crt': authorities.map((one) => one.cert).join(''),
    },
  };
}

async function replaceSecret(...content: Parameters<typeof secretOf>): Promise<void> {
  await api.expect('PATCH', `${SECRETS}/${NAME}`, { body: secretOf(...content) });
}

async function caBundle(): Promise<string> {
  const { webhooks } = await api.expect<Configuration>('GET', CONFIGURATION);
  return Buffer.from(webhooks[0]?.clientConfig.caBundle ?? '', 'base64').toString();
}

/**
 * Resolves when the API server has been told these, and every Pod says that it holds with them: one that has not seen the
 * changed Secret yet would still write the former.
 */
async function untilTrusted(...authorities: KeyedCertificate[]): Promise<void> {
  const bundle = authorities.map(({ cert }) => cert).join('');
  const agree = async () => {
    const found = await metricsOf(api);
    return found.every((text) => text.includes('\nzonekeeper_ca_bundle_in_sync 1\n'));
  };
  const isSo = async () => (await caBundle()) === bundle && (await agree());
  await until('the caBundle', isSo, MOUNT_TIMEOUT);
}

const isServed = (served: string) => served === new X509Certificate(leaf.cert).fingerprint256;

await createReleaseNamespace(cluster);
await api.expect('POST', SECRETS, {
  body: { metadata: { name: NAME }, ...secretOf(leaf, authority) },
});
await installInto(cluster, { certs: { mode: 'secret', secretName: NAME } });
const pods = (await untilSettled(api)).map(({ metadata }) => metadata.uid);

t.test('the Pods serve what the Secret holds, and the API server trusts its CA', async (t) => {
  t.ok((await servedCertificates(api)).every(isServed));
  t.equal(await caBundle(), authority.cert);
});

t.test('no call fails while the certificate is replaced by one of the same CA', async (t) => {
  const outcome = await underLoad(api, async () => {
    leaf = await renewed();
    await replaceSecret(leaf, authority);
    await untilServed(api, 'every Pod serves the new one', isServed);
  });
  everyCallSucceeded(t, outcome);
});

t.test(
  'no call fails while the CA is replaced, in the steps that the handbook tells',
  async (t) => {
    const former = authority;
    const outcome = await underLoad(api, async () => {
      authority = await issueAuthority(issuance());
      await replaceSecret(leaf, authority, former);
      await untilTrusted(authority, former);
      leaf = await renewed();
      await replaceSecret(leaf, authority, former);
      await untilServed(api, 'every Pod serves one of the new CA', isServed);
      await replaceSecret(leaf, authority);
      await untilTrusted(authority);
    });
    everyCallSucceeded(t, outcome);
  },
);

t.test('no Pod was restarted for it', async (t) => {
  t.strictSame(
    (await untilSettled(api)).map(({ metadata }) => metadata.uid),
    pods,
  );
});
