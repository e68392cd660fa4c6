import t from 'tap';
import { readCertificates } from '../../../certs/inspect.ts';
import type { ApiObject } from '../api.ts';
import { until } from '../until.ts';
import { renew, startCertManager } from './cert-manager.ts';
import { installZonekeeper, RELEASE, RELEASE_NAMESPACE, untilSettled } from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import { servedCertificates, untilServed } from './served-certificate.ts';
import { everyCallSucceeded, underLoad } from './under-load.ts';

const SECRET = `/api/v1/namespaces/${RELEASE_NAMESPACE}/secrets/${RELEASE}-cert-manager-tls`;
const CONFIGURATION = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${RELEASE}`;

type Secret = ApiObject & { data: Record<string, string> };
type Configuration = {
  metadata: { managedFields: { manager: string; fieldsV1: object }[] };
  webhooks: { clientConfig: { caBundle?: string } }[];
};

const cluster = await NodeCluster.start({ zones: ['westeurope-1', 'westeurope-2'] });
t.teardown(() => cluster.stop());
const { controlPlane } = cluster;
const { api } = controlPlane;
await startCertManager(controlPlane);
await installZonekeeper(cluster, { certs: { mode: 'certManager' } });
const pods = (await untilSettled(api)).map(({ metadata }) => metadata.uid);

const secret = async () => (await api.expect<Secret>('GET', SECRET)).data;
const configuration = () => api.expect<Configuration>('GET', CONFIGURATION);
const caBundle = async () => (await configuration()).webhooks[0]?.clientConfig.caBundle;

/** Of the certificate that is stored now. */
async function fingerprint(): Promise<string> {
  const pem = Buffer.from((await secret())['tls.crt'] ?? '', 'base64').toString();
  return readCertificates(pem)[0]?.fingerprint256 ?? '';
}

t.test(
  'the Pods serve what cert-manager has issued, and its injector writes the caBundle',
  async (t) => {
    const stored = await fingerprint();
    t.strictSame(await servedCertificates(api), [stored, stored]);
    t.equal(await caBundle(), (await secret())['ca.crt']);
    const { managedFields } = (await configuration()).metadata;
    const writers = managedFields.filter(({ fieldsV1 }) =>
      JSON.stringify(fieldsV1).includes('f:caBundle'),
    );
    t.strictSame(writers.length, 1, 'and nobody else');
    t.not(writers[0]?.manager, 'zonekeeper-ca-bundle');
    everyCallSucceeded(t, await underLoad(api, async () => {}));
  },
);

t.test('no call fails while cert-manager renews the certificate', async (t) => {
  const old = await fingerprint();
  const outcome = await underLoad(api, async () => {
    await renew(api, RELEASE_NAMESPACE, RELEASE);
    const issued = await until('a new certificate', async () => {
      const found = await fingerprint();
      return found !== old && found;
    });
    await untilServed(api, 'every Pod serves it', (served) => served === issued);
  });
  everyCallSucceeded(t, outcome);
});

t.test('no call fails when the Secret is deleted: cert-manager fills it again', async (t) => {
  const old = await fingerprint();
  const outcome = await underLoad(api, async () => {
    await api.expect('DELETE', SECRET);
    const issued = await until('a new Secret', async () => {
      const found = await fingerprint().catch(() => old);
      return found !== old && found;
    });
    await untilServed(api, 'every Pod serves it', (served) => served === issued);
  });
  everyCallSucceeded(t, outcome);
});

t.test('a caBundle that somebody empties is written again', async (t) => {
  const bundle = await caBundle();
  const body = [{ op: 'remove', path: '/webhooks/0/clientConfig/caBundle' }];
  const contentType = 'application/json-patch+json';
  await api.expect('PATCH', CONFIGURATION, { body, contentType });
  await until('the bundle', async () => (await caBundle()) === bundle);
  t.equal(await caBundle(), bundle);
});

t.test('no Pod was restarted for it', async (t) => {
  t.strictSame(
    (await untilSettled(api)).map(({ metadata }) => metadata.uid),
    pods,
  );
});
