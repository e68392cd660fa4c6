import t from 'tap';
import { identityIn, mountedFile } from '../../../../webhook/core/environment/vault-objects.ts';

const SECRET = { type: 'secret', name: 'DB-Password', file: 'password' } as const;

t.test('an object has the identifier by which Key Vault knows it', async (t) => {
  const source = (object: Parameters<typeof mountedFile>[0]) =>
    mountedFile(object, 'Contoso').source;
  t.equal(source(SECRET), 'https://contoso.vault.azure.net/secrets/DB-Password');
  const version = '0'.repeat(32);
  t.equal(
    source({ ...SECRET, type: 'cert', version }),
    `https://contoso.vault.azure.net/certificates/DB-Password/${version}`,
  );
  t.equal(source({ ...SECRET, type: 'key' }), 'https://contoso.vault.azure.net/keys/DB-Password');
  t.equal(source({ ...SECRET, encoding: 'hex' }), `${source(SECRET)}#hex`);
});

t.test('each cloud has vaults and an authority of its own', async (t) => {
  const of = (cloud: Parameters<typeof mountedFile>[2]) => [
    new URL(mountedFile(SECRET, 'v', cloud).source ?? '').hostname,
    identityIn('client', 'tenant', cloud).authority,
  ];
  t.same(of(undefined), ['v.vault.azure.net', undefined]);
  t.same(of('AzurePublicCloud'), ['v.vault.azure.net', undefined]);
  t.same(of('AzureUSGovernmentCloud'), [
    'v.vault.usgovcloudapi.net',
    'https://login.microsoftonline.us/',
  ]);
  t.same(of('AzureChinaCloud'), ['v.vault.azure.cn', 'https://login.chinacloudapi.cn/']);
  t.same(of('AzureGermanCloud'), [
    'v.vault.microsoftazure.de',
    'https://login.microsoftonline.de/',
  ]);
});

t.test(
  'a secret is text unless the driver decodes it; certificates and keys are not',
  async (t) => {
    const isText = (object: object) => mountedFile({ ...SECRET, ...object }, 'v').isText;
    t.same([{}, { encoding: 'base64' }, { type: 'cert' }, { type: 'key' }].map(isText), [
      true,
      false,
      false,
      false,
    ]);
  },
);
