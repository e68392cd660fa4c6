import type { V1Container, V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import t from 'tap';
import { serviceHosts } from '../../certs/hosts.ts';
import { all, type Manifest, one, refusal, render, type Values } from '../support/chart.ts';

interface Certificate {
  readonly spec: {
    readonly secretName: string;
    readonly issuerRef: object;
    readonly isCA?: boolean;
    readonly dnsNames?: readonly string[];
    readonly duration: string;
    readonly renewBefore: string;
    readonly privateKey: { readonly rotationPolicy: string };
  };
}

const pem = '-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n';

const certManager = (values: Values = {}): Values => ({
  mode: 'certManager',
  certManager: { renderMode: 'alwaysRender', ...values },
});

async function pod(certs: Values) {
  const manifests = await render({ certs });
  const spec = one<V1Deployment>(manifests, 'Deployment').spec?.template.spec as V1PodSpec;
  const [container] = spec.containers as [V1Container];
  const volume = spec.volumes?.find(({ name }) => name === 'tls');
  const mount = container.volumeMounts?.find(({ name }) => name === 'tls');
  const args = container.args?.filter((arg) => /^--(cert-mode|tls-dir|secret|lease)=/.test(arg));
  return { manifests, volume, mount, args };
}

const annotationsOf = (manifests: readonly Manifest[]) =>
  one(manifests, 'MutatingWebhookConfiguration').metadata.annotations;

const certificates = (manifests: readonly Manifest[]) =>
  new Map(all<Certificate>(manifests, 'Certificate').map((one) => [one.metadata.name, one.spec]));

const files = (name: string, keys: readonly string[]) => ({
  name,
  items: keys.map((key) => ({ key, path: key })),
});

t.test('the webhook makes its own certificate unless told otherwise', async (t) => {
  const { manifests, volume, mount } = await pod({});
  t.equal(volume, undefined);
  t.equal(mount, undefined);
  t.notOk('cert-manager.io/inject-ca-from' in (annotationsOf(manifests) ?? {}));
});

t.test('an own Secret is mounted, and its CA may be left out of it', async (t) => {
  const { volume, mount, args } = await pod({ mode: 'secret', secretName: 'own' });
  t.strictSame(args, ['--cert-mode=secret', '--tls-dir=/etc/zonekeeper-tls']);
  t.strictSame(mount, { name: 'tls', mountPath: '/etc/zonekeeper-tls', readOnly: true });
  t.strictSame(volume?.projected?.sources, [
    { secret: files('own', ['tls.crt', 'tls.key']) },
    { secret: { ...files('own', ['ca.crt']), optional: true } },
  ]);
});

t.test('the CA of an own Secret may be a value, and takes the same place', async (t) => {
  const { manifests, volume } = await pod({ mode: 'secret', secretName: 'own', caBundle: pem });
  t.strictSame(volume?.projected?.sources?.[1], { configMap: files('zonekeeper', ['ca.crt']) });
  const map = one<{ data: Record<string, string> }>(manifests, 'ConfigMap');
  t.equal(map.data['ca.crt'], pem);
  t.notMatch(JSON.stringify(one(manifests, 'MutatingWebhookConfiguration')), 'caBundle');
});

t.test('values that contradict the mode are refused', async (t) => {
  t.match(await refusal({ certs: { mode: 'secret' } }), /set certs\.secretName to the Secret/);
  t.match(
    await refusal({ certs: { caBundle: pem } }),
    /certs\.caBundle is for certs\.mode secret: in mode self/,
  );
  t.match(await refusal({ certs: { mode: 'byo' } }), /\/certs\/mode/);
  t.match(
    await refusal({ certs: { mode: 'secret', secretName: 'own', caBundle: 'TUlJ' } }),
    /\/certs\/caBundle/,
  );
});

t.test('cert-manager makes the certificate, of a CA that lasts, and publishes it', async (t) => {
  const { manifests, volume, args } = await pod(certManager());
  t.strictSame(args, ['--cert-mode=cert-manager', '--tls-dir=/etc/zonekeeper-tls']);
  t.equal(annotationsOf(manifests)?.['cert-manager.io/inject-ca-from'], 'zk-system/zonekeeper');
  const made = certificates(manifests);
  const leaf = made.get('zonekeeper');
  t.strictSame(leaf?.dnsNames, serviceHosts('zonekeeper', 'zk-system'));
  t.equal(volume?.projected?.sources?.[0]?.secret?.name, leaf?.secretName);
  t.match(leaf, { duration: '2160h', renewBefore: '720h' });
  const ca = made.get('zonekeeper-ca');
  t.match(ca, { isCA: true, privateKey: { rotationPolicy: 'Never' } });
  t.match(leaf?.issuerRef, { kind: 'Issuer', name: 'zonekeeper-ca' });
  t.match(ca?.issuerRef, { kind: 'Issuer', name: 'zonekeeper-self-signed' });
  t.strictSame(
    all<{ spec: object }>(manifests, 'Issuer').map(({ metadata, spec }) => [metadata.name, spec]),
    [
      ['zonekeeper-self-signed', { selfSigned: {} }],
      ['zonekeeper-ca', { ca: { secretName: ca?.secretName } }],
    ],
  );
});

t.test('an issuer that is there is used instead of a CA of the chart', async (t) => {
  const issuerRef = { name: 'platform', kind: 'ClusterIssuer', group: 'cert-manager.io' };
  const { manifests } = await pod(certManager({ issuerRef }));
  t.strictSame([...certificates(manifests).keys()], ['zonekeeper']);
  t.strictSame(certificates(manifests).get('zonekeeper')?.issuerRef, issuerRef);
  t.strictSame(all(manifests, 'Issuer'), []);
});

t.test('a cluster without cert-manager is refused, unless a value says otherwise', async (t) => {
  t.match(
    await refusal({ certs: { mode: 'certManager' } }),
    /asks for cert-manager\.io\/v1\/Certificate, which the cluster does not know: install cert-manager, or set certs\.certManager\.renderMode/,
  );
  const known = { args: ['--api-versions', 'cert-manager.io/v1/Certificate'] };
  t.equal(await refusal({ certs: { mode: 'certManager' } }, known), '');
  const skipped = await render({ certs: certManager({ renderMode: 'skipIfMissing' }) });
  t.strictSame(all(skipped, 'Certificate'), []);
});
