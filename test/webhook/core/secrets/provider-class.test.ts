import t from 'tap';
import { parse } from 'yaml';
import {
  bearsOut,
  classNameOf,
  providerClass,
  providerSpec,
} from '../../../../webhook/core/secrets/provider-class.ts';
import { objectsOf } from '../../../../webhook/core/secrets/vault-objects.ts';
import type { VaultSource } from '../../../../webhook/core/secrets/vault-source.ts';
import { DNS_SUBDOMAIN } from '../../../../webhook/core/values.ts';
import { CLIENT, TENANT } from '../../../support/vault.ts';

const SOURCE: VaultSource = {
  vault: 'contoso-prod',
  tenant: TENANT,
  identity: 'workload-identity',
  client: CLIENT,
};

function specOf(changes: Partial<VaultSource> = {}, list = 'root') {
  return providerSpec({ ...SOURCE, ...changes }, objectsOf(list));
}

function parametersOf(changes: Partial<VaultSource> = {}) {
  const { objects, keyvaultName, tenantID, ...identity } = specOf(changes).parameters;
  return identity;
}

t.test('each identity has its own parameters, and no other’s', async (t) => {
  t.strictSame(parametersOf(), { clientID: CLIENT });
  t.strictSame(parametersOf({ identity: 'identity-binding' }), {
    clientID: CLIENT,
    useAzureTokenProxy: 'true',
  });
  t.strictSame(parametersOf({ identity: 'vm-managed-identity' }), {
    useVMManagedIdentity: 'true',
    userAssignedIdentityID: CLIENT,
  });
  const { client, ...node } = SOURCE;
  const { parameters } = providerSpec({ ...node, identity: 'vm-managed-identity' }, []);
  t.strictSame(Object.keys(parameters), [
    'keyvaultName',
    'tenantID',
    'useVMManagedIdentity',
    'objects',
  ]);
});

t.test('vault, tenant and cloud stand as the provider calls them', async (t) => {
  t.match(specOf({ cloud: 'AzureChinaCloud' }), {
    provider: 'azure',
    parameters: { keyvaultName: 'contoso-prod', tenantID: TENANT, cloudName: 'AzureChinaCloud' },
  });
  t.notOk('cloudName' in specOf().parameters);
});

t.test('objects are a string of YAML with strings of YAML, by file', async (t) => {
  const version = '0a'.repeat(16);
  const { objects = '' } = specOf({}, `web=cert/tls@${version}, null, 1e3, tls/a=key/x`).parameters;
  const { array } = parse(objects) as { array: string[] };
  t.strictSame(
    array.map((entry) => parse(entry)),
    [
      { objectName: '1e3', objectType: 'secret' },
      { objectName: 'null', objectType: 'secret' },
      { objectName: 'x', objectType: 'key', objectAlias: 'tls/a' },
      { objectName: 'tls', objectType: 'cert', objectVersion: version, objectAlias: 'web' },
    ],
  );
});

t.test('the name tells the set and the content', async (t) => {
  const name = classNameOf('mysql', specOf());
  t.match(name, /^zonekeeper-mysql-[0-9a-f]{10}$/);
  t.ok(bearsOut(name, specOf()));
  t.equal(classNameOf('mysql', specOf({}, 'a,b')), classNameOf('mysql', specOf({}, 'b\na')));
  const others = [
    specOf({}, 'root2'),
    specOf({ vault: 'contoso-test' }),
    specOf({ tenant: CLIENT }),
    specOf({ client: TENANT }),
    specOf({ identity: 'identity-binding' }),
    specOf({ cloud: 'AzureChinaCloud' }),
  ];
  for (const spec of others) t.notOk(bearsOut(name, spec));
});

t.test('the name is one that an object and a pod’s status can have', async (t) => {
  const sets = ['my.set', 'Set_1', '-', '', 'a'.repeat(253), `${'a'.repeat(51)}-b`];
  for (const set of sets) {
    const name = classNameOf(set, specOf());
    t.match(name, DNS_SUBDOMAIN);
    t.ok(name.length <= 74, name);
  }
});

t.test('the object is whole, and names a namespace where the set does', async (t) => {
  t.strictSame(providerClass('x', 'shop', specOf()), {
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: {
      name: 'x',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/managed-by': 'zonekeeper' },
    },
    spec: specOf(),
  });
  t.notOk('namespace' in providerClass('x', undefined, specOf()).metadata);
});
