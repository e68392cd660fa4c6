import t from 'tap';
import { serviceHosts } from '../../certs/hosts.ts';
import { secretSource } from '../../certs/secret-source.ts';
import type { ServingCertificate } from '../../certs/source.ts';
import { caBundleKeeper } from '../../webhook/controllers/ca-bundle.ts';
import { connectKube } from '../../webhook/controllers/kube.ts';
import { kubeSecretStore } from '../../webhook/controllers/secret-store.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { realClock } from '../support/real-clock.ts';
import { ControlPlane } from './control-plane.ts';
import { until } from './until.ts';

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());
const kube = await connectKube({ kubeconfig: cluster.kubeconfig });
const surroundings = { clock: realClock, log: new MemoryLog() };
const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const SECRETS = '/api/v1/namespaces/default/secrets';

/** A source of its own on the Secret of that name, as every replica has one. */
function replica(name: string) {
  const store = kubeSecretStore(kube, { namespace: 'default', name }, surroundings);
  return secretSource({ store, hosts: serviceHosts('zonekeeper', 'default') }, surroundings);
}

t.test('several replicas that start at once share one Secret', async (t) => {
  const all = await Promise.all([1, 2, 3, 4, 5].map(() => replica('raced').current()));
  t.equal(new Set(all.map(({ cert, caBundle }) => cert + caBundle)).size, 1);
  const secret = await cluster.api.expect<{ type: string; data: object }>(
    'GET',
    `${SECRETS}/raced`,
  );
  t.equal(secret.type, 'kubernetes.io/tls');
  t.same(Object.keys(secret.data).sort(), ['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);
});

t.test(
  'a Secret that is emptied or deleted heals, and what others wrote on it stays',
  async (t) => {
    const source = replica('healed');
    const end = new AbortController();
    const told: ServingCertificate[] = [];
    const running = source.run(end.signal, (certificate) => told.push(certificate));
    await until('the first certificate', () => told.length === 1);
    const path = `${SECRETS}/healed`;
    const label = { metadata: { labels: { team: 'platform' } } };
    await cluster.api.expect('PATCH', path, { body: { ...label, data: { 'tls.crt': '' } } });
    await until('another certificate', () => told.length === 2);
    const healed = await cluster.api.expect<{ metadata: { labels: object } }>('GET', path);
    t.same(healed.metadata.labels, { team: 'platform' });
    await cluster.api.expect('DELETE', path);
    await until('a third certificate', () => told.length === 3);
    t.equal(new Set(told.map(({ caBundle }) => caBundle)).size, 1);
    t.equal(new Set(told.map(({ cert }) => cert)).size, 3);
    end.abort();
    await running;
  },
);

const webhook = (name: string) => ({
  name,
  clientConfig: { url: 'https://127.0.0.1:9' },
  rules: [
    { operations: ['CREATE'], apiGroups: ['none.test'], apiVersions: ['v1'], resources: ['none'] },
  ],
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
});

type Configuration = {
  metadata: { managedFields: { manager: string; fieldsV1: object }[] };
  webhooks: { name: string; clientConfig: { caBundle?: string }; failurePolicy: string }[];
};

const path = `${CONFIGURATIONS}/kept`;

/** A webhook configuration of two webhooks, without a bundle. */
const CONFIGURATION = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'kept' },
  webhooks: [webhook('one.zonekeeper.io'), webhook('two.zonekeeper.io')],
};

async function storedBundles(): Promise<(string | undefined)[]> {
  const { webhooks } = await cluster.api.expect<Configuration>('GET', path);
  return webhooks.map(({ clientConfig }) => clientConfig.caBundle);
}

t.test('the caBundle follows the source, whoever changes it', async (t) => {
  const source = replica('bundled');
  const { cert, caBundle } = await source.current();
  const encoded = Buffer.from(caBundle).toString('base64');
  const keepers = [1, 2, 3].map(() => caBundleKeeper(kube, { name: 'kept', source }, surroundings));
  const allSay = (trust: string) => keepers.every((each) => each.trust(cert) === trust);
  const end = new AbortController();
  const running = Promise.all(keepers.map((each) => each.run(end.signal)));
  await until('a look for what is not there', () => allSay('absent'));

  await cluster.api.expect('POST', CONFIGURATIONS, { body: CONFIGURATION });
  await until('trust', () => allSay('trusted'));
  t.same(await storedBundles(), [encoded, encoded]);

  await cluster.api.expect('PATCH', path, { body: { webhooks: CONFIGURATION.webhooks } });
  await until('the bundle after it was taken away', async () => {
    const bundles = await storedBundles();
    return bundles.every((bundle) => bundle === encoded);
  });
  await until('trust again', () => keepers.every((each) => each.inSync()) && allSay('trusted'));

  await cluster.api.expect('DELETE', path);
  await until('its end', () => allSay('absent'));
  end.abort();
  await running;
  const { status } = await cluster.api.request('GET', path);
  t.equal(status, 404, 'it is not made anew');
});

t.test('no field but the caBundle is owned', async (t) => {
  const source = replica('owned');
  const keeper = caBundleKeeper(kube, { name: 'kept', source }, surroundings);
  const end = new AbortController();
  const running = keeper.run(end.signal);
  await cluster.api.expect('POST', CONFIGURATIONS, { body: CONFIGURATION });
  await until('the bundle', () => keeper.inSync());
  const { metadata } = await cluster.api.expect<Configuration>('GET', path);
  const owned = metadata.managedFields.find(({ manager }) => manager === 'zonekeeper-ca-bundle');
  const fields = { '.': {}, 'f:name': {}, 'f:clientConfig': { 'f:caBundle': {} } };
  t.strictSame(owned?.fieldsV1, {
    'f:webhooks': {
      'k:{"name":"one.zonekeeper.io"}': fields,
      'k:{"name":"two.zonekeeper.io"}': fields,
    },
  });
  end.abort();
  await running;
});

t.test('nothing secret was logged, and nothing failed', async (t) => {
  t.notMatch(surroundings.log.text(), /PRIVATE|LS0tLS/);
  t.same(
    surroundings.log.lines.filter(({ level }) => level === 'error'),
    [],
  );
});
