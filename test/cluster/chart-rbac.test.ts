import t from 'tap';
import { renderText } from '../support/chart.ts';
import { ControlPlane } from './control-plane.ts';

const ACCOUNT = 'system:serviceaccount:zk-system:zonekeeper';

type Attributes = {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
};

const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());

await cluster.kubectl(['create', 'namespace', 'zk-system']);
const applied = await cluster.kubectl(['apply', '-f', '-'], { input: await renderText() });
t.equal(applied.code, 0, applied.stderr);

async function may(resourceAttributes: Attributes): Promise<boolean> {
  const { status } = await cluster.api.expect<{ status: { allowed: boolean } }>(
    'POST',
    '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    { body: { spec: { user: ACCOUNT, resourceAttributes } } },
  );
  return status.allowed;
}

const each = (verbs: readonly string[], what: Omit<Attributes, 'verb'>): Attributes[] =>
  verbs.map((verb) => ({ verb, ...what }));

const configurations = {
  group: 'admissionregistration.k8s.io',
  resource: 'mutatingwebhookconfigurations',
};
const secrets = { resource: 'secrets', namespace: 'zk-system' };
const configMaps = { resource: 'configmaps', namespace: 'zk-system' };
const leases = { group: 'coordination.k8s.io', resource: 'leases' };
const ownLeases = { ...leases, namespace: 'zk-system' };
const classes = { group: 'storage.k8s.io', resource: 'storageclasses' };
const claims = { resource: 'persistentvolumeclaims' };
const providerClasses = {
  group: 'secrets-store.csi.x-k8s.io',
  resource: 'secretproviderclasses',
};

const sets = { group: 'apps', resource: 'statefulsets' };
const events = { group: 'events.k8s.io', resource: 'events' };

t.test('the account may do what the webhook does', async (t) => {
  for (const attributes of [
    ...each(['list', 'watch'], classes),
    ...each(['list', 'watch'], claims),
    ...each(['list', 'watch'], providerClasses),
    ...each(['list', 'watch'], { ...leases, namespace: 'kube-system' }),
    ...each(['list', 'watch', 'patch'], { ...configurations, name: 'zonekeeper' }),
    ...each(['create'], secrets),
    ...each(['get', 'patch'], { ...secrets, name: 'zonekeeper-tls' }),
    ...each(['create'], ownLeases),
    ...each(['get', 'patch'], { ...ownLeases, name: 'zonekeeper-certs' }),
    ...each(['get', 'patch'], { ...ownLeases, name: 'zonekeeper-classes' }),
    ...each(['get'], { ...configMaps, name: 'zonekeeper' }),
    ...each(['get', 'create', 'patch', 'delete'], { ...providerClasses, namespace: 'shop' }),
    ...each(['get', 'list', 'watch'], sets),
    ...each(['list'], { group: 'apps', resource: 'controllerrevisions', namespace: 'shop' }),
    ...each(['list'], { resource: 'pods', namespace: 'shop' }),
    ...each(['create'], { ...events, namespace: 'shop' }),
  ]) {
    t.equal(await may(attributes), true, JSON.stringify(attributes));
  }
});

t.test('it may do no more', async (t) => {
  for (const attributes of [
    ...each(['get', 'update', 'delete'], { ...configurations, name: 'zonekeeper' }),
    ...each(['get', 'patch'], { ...configurations, name: 'other' }),
    ...each(['create', 'list', 'watch'], configurations),
    ...each(['get', 'update', 'patch'], { ...secrets, name: 'other' }),
    ...each(['list', 'watch'], secrets),
    ...each(['update', 'delete'], { ...secrets, name: 'zonekeeper-tls' }),
    ...each(['get', 'update', 'patch'], { ...ownLeases, name: 'other' }),
    ...each(['list', 'watch'], ownLeases),
    ...each(['update', 'delete'], { ...ownLeases, name: 'zonekeeper-certs' }),
    ...each(['get'], { ...configMaps, name: 'other' }),
    ...each(['create', 'list', 'watch'], configMaps),
    ...each(['create', 'get', 'list'], { ...secrets, namespace: 'default' }),
    ...each(['list', 'watch'], { ...leases, namespace: 'kube-node-lease' }),
    ...each(['create', 'update', 'patch'], { ...leases, namespace: 'kube-system' }),
    ...each(['create', 'update', 'patch', 'delete'], claims),
    ...each(['create', 'update', 'patch', 'delete'], classes),
    ...each(['create', 'update', 'patch', 'delete'], sets),
    ...each(['update', 'patch'], { ...sets, resource: 'statefulsets/finalizers' }),
    ...each(['get', 'watch', 'create', 'patch', 'delete'], { resource: 'pods' }),
    ...each(['update', 'deletecollection'], providerClasses),
    ...each(['get', 'list', 'patch', 'delete'], events),
    ...each(['update', 'delete'], { ...ownLeases, name: 'zonekeeper-classes' }),
  ]) {
    t.equal(await may(attributes), false, JSON.stringify(attributes));
  }
});

t.test('a list of its own name alone is allowed', async (t) => {
  const list = (resource: string, name: string) =>
    cluster.kubectl(
      ['get', resource, '--field-selector', `metadata.name=${name}`].concat(
        ['--namespace', 'zk-system'],
        [`--as=${ACCOUNT}`],
      ),
    );
  for (const [resource, own] of [
    ['mutatingwebhookconfigurations', 'zonekeeper'],
    ['secrets', 'zonekeeper-tls'],
  ] as const) {
    t.equal((await list(resource, own)).code, 0, resource);
    t.match((await list(resource, 'other')).stderr, /forbidden/, resource);
  }
});
