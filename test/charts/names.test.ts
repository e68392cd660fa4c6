import type { V1Deployment, V1Service } from '@kubernetes/client-node';
import t from 'tap';
import {
  type Manifest,
  one,
  type RenderOptions,
  refusal,
  render,
  type Values,
} from '../support/chart.ts';

const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const NAMED_FOR_ALL = ['StorageClass'];

/** The names of the release's own objects, each once, without those that every release shares. */
async function names(values: Values, options: RenderOptions = {}): Promise<string[]> {
  const own = (await render(values, options)).filter(({ kind }) => !NAMED_FOR_ALL.includes(kind));
  return [...new Set(own.map(({ metadata }) => metadata.name))].sort();
}

const labelsOf = (manifests: readonly Manifest[]) =>
  manifests.flatMap(({ metadata }) => Object.entries(metadata.labels));

t.test('objects are named for the release, and for the chart unless that says so', async (t) => {
  const suffix = '-scheduler-leases';
  t.strictSame(await names({}), ['zonekeeper', `zonekeeper${suffix}`]);
  t.strictSame(await names({}, { release: 'zk' }), ['zk-zonekeeper', `zk-zonekeeper${suffix}`]);
  t.strictSame(await names({ nameOverride: 'w' }, { release: 'zk' }), ['zk-w', `zk-w${suffix}`]);
  t.strictSame(await names({ fullnameOverride: 'own' }), ['own', `own${suffix}`]);
});

t.test('a long name is cut to 63 characters and ends in a letter or digit', async (t) => {
  const release = 'r'.repeat(53);
  const options = { release };
  const cut = `${release}-${'n'.repeat(9)}`;
  t.strictSame(await names({ nameOverride: 'n'.repeat(80) }, options), [
    cut,
    `${cut}-scheduler-leases`,
  ]);
  const hyphen = { fullnameOverride: `${'a'.repeat(62)}-${'b'.repeat(10)}` };
  t.ok((await names(hyphen)).includes('a'.repeat(62)));
});

t.test('every label is one that Kubernetes takes, however long the names', async (t) => {
  const manifests = await render(
    { nameOverride: 'n'.repeat(80), fullnameOverride: 'f'.repeat(80) },
    { release: 'r'.repeat(53) },
  );
  for (const [key, value] of labelsOf(manifests)) t.match(value, LABEL, key);
});

t.test('every object has the labels by which Helm’s users find it', async (t) => {
  for (const { kind, metadata } of await render({ commonLabels: { team: 'data' } })) {
    t.strictSame(
      metadata.labels,
      {
        'app.kubernetes.io/name': 'zonekeeper',
        'app.kubernetes.io/instance': 'zonekeeper',
        'app.kubernetes.io/version': '0.1.0',
        'app.kubernetes.io/managed-by': 'Helm',
        'helm.sh/chart': 'zonekeeper-0.1.0',
        team: 'data',
      },
      kind,
    );
  }
});

t.test('selectors hold name and instance alone, and pods carry them', async (t) => {
  const selector = { 'app.kubernetes.io/name': 'zonekeeper', 'app.kubernetes.io/instance': 'zk' };
  const manifests = await render(
    { commonLabels: { 'app.kubernetes.io/name': 'x', team: 'data' }, podLabels: { team: 'ops' } },
    { release: 'zk' },
  );
  const deployment = one<V1Deployment>(manifests, 'Deployment');
  t.strictSame(deployment.spec?.selector, { matchLabels: selector });
  t.strictSame(deployment.spec?.template.metadata?.labels, {
    ...selector,
    'app.kubernetes.io/component': 'webhook',
    team: 'ops',
  });
  t.strictSame(one<V1Service>(manifests, 'Service').spec?.selector, selector);
});

t.test('the Service leads port 443 to the webhook', async (t) => {
  t.strictSame(one<V1Service>(await render(), 'Service').spec?.ports, [
    { name: 'webhook', port: 443, targetPort: 'webhook', protocol: 'TCP' },
  ]);
});

t.test('names of digits stay names', async (t) => {
  const manifests = await render(
    { fullnameOverride: 'zk', certs: { secretName: '1234' }, priorityClassName: '10' },
    { release: '12', namespace: '007' },
  );
  const strings = manifests.flatMap(({ metadata }) => [
    metadata.namespace ?? '',
    ...Object.values(metadata.labels),
  ]);
  t.ok(strings.every((value) => typeof value === 'string'));
  const pod = one<V1Deployment>(manifests, 'Deployment').spec?.template.spec;
  t.equal(pod?.priorityClassName, '10');
  t.match(JSON.stringify(one(manifests, 'Role', 'zk')), '"resourceNames":["1234"]');
});

t.test('a name that no Service can have is refused', async (t) => {
  t.match(
    await refusal({}, { release: '12' }),
    /the name "12-zonekeeper" must begin with a letter, .* set fullnameOverride/,
  );
});
