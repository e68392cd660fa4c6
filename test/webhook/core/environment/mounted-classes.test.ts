import t from 'tap';
import { mountedClasses } from '../../../../webhook/core/environment/mounted-classes.ts';
import { planOf } from '../../../../webhook/core/plan.ts';
import { type InjectionRequest, readRequest } from '../../../../webhook/core/request.ts';
import type { ClusterView, SecretProviderClassFacts } from '../../../../webhook/core/view.ts';
import { prefixed } from '../../../support/arbitraries/annotations.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { CLIENT, TENANT, VAULT_ASKS } from '../../../support/vault.ts';

function requested(
  asks: Readonly<Record<string, string>>,
  keyVault: object = {},
): InjectionRequest {
  const configuration = profiles({ default: { keyVault } });
  const { request } = readRequest(prefixed(asks), 'shop', contextWith({ configuration }));
  if (request === undefined) throw new Error('refused');
  return request;
}

const EXISTING = { 'secret-provider-class': 'own, other' };

function known(facts: SecretProviderClassFacts): ClusterView {
  return { secretProviderClasses: new Map([['shop/own', facts]]) };
}

t.test('a made class has the files and the identity of the request', async (t) => {
  const [made, ...others] = mountedClasses(requested(VAULT_ASKS), 'shop', {});
  t.same(others, []);
  t.match(made, {
    folder: 'contoso-prod',
    path: '/mnt/secrets-store',
    files: [
      { file: 'mysql-root-password', isText: true },
      { file: 'tls/ca.pem', isText: false },
    ],
    identity: { clientId: CLIENT, tenantId: TENANT },
  });
});

t.test('only a federated credential can be used from the pod', async (t) => {
  for (const identity of ['identity-binding', 'vm-managed-identity']) {
    const [made] = mountedClasses(requested(VAULT_ASKS, { identity }), 'shop', {});
    t.equal(made?.identity, undefined, identity);
  }
});

t.test('an existing class is known as far as the cluster is', async (t) => {
  const objects = [{ type: 'secret', name: 'a', file: 'b', version: '0'.repeat(32) }] as const;
  const facts = { provider: 'azure', vault: 'v', client: CLIENT, tenant: TENANT, objects };
  const classes = (view: ClusterView) => mountedClasses(requested(EXISTING), 'shop', view);
  const source = `https://v.vault.azure.net/secrets/a/${'0'.repeat(32)}`;
  t.match(classes(known({ ...facts, federated: true })), [
    { folder: 'own', files: [{ file: 'b', isText: true, source }], identity: { clientId: CLIENT } },
    { folder: 'other', files: undefined, identity: undefined },
  ]);
  t.equal(classes(known(facts))[0]?.identity, undefined);
  t.match(classes({}), [{ files: undefined }, { files: undefined }]);
  t.equal(classes(known({ provider: 'vault' }))[0]?.files, undefined);
});

t.test('the paths are those at which the template mounts the classes', async (t) => {
  for (const asks of [VAULT_ASKS, EXISTING, { ...VAULT_ASKS, ...EXISTING, 'mount-path': '/s' }]) {
    const request = requested(asks);
    const mounted = planOf(request, { name: 'mysql' }).secrets?.entries.map(({ path }) => path);
    t.same(
      mountedClasses(request, 'shop', {}).map(({ path }) => path),
      mounted,
    );
  }
});
