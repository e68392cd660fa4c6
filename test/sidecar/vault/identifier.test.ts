import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { parseIdentifier } from '../../../sidecar/vault/identifier.ts';
import { holds } from '../../support/property.ts';

const VERSION = '0123456789abcdef0123456789abcdef';

t.test('an identifier has a vault, a collection, a name and perhaps a version', async (t) => {
  t.match(parseIdentifier(`https://contoso.vault.azure.net/secrets/password/${VERSION}`), {
    vault: 'https://contoso.vault.azure.net',
    host: 'contoso.vault.azure.net',
    collection: 'secrets',
    name: 'password',
    version: VERSION,
    label: `secret password of contoso.vault.azure.net, version ${VERSION}`,
  });
  t.match(parseIdentifier('https://contoso.vault.azure.cn:8443/keys/signing/'), {
    vault: 'https://contoso.vault.azure.cn:8443',
    host: 'contoso.vault.azure.cn:8443',
    collection: 'keys',
    version: undefined,
    label: 'key signing of contoso.vault.azure.cn:8443',
  });
});

t.test('identifiers ignore case', async (t) => {
  const id = `HTTPS://Contoso.Vault.Azure.NET/Certificates/TLS/${VERSION.toUpperCase()}`;
  t.match(parseIdentifier(id), {
    vault: 'https://contoso.vault.azure.net',
    collection: 'certificates',
    name: 'TLS',
    version: VERSION,
  });
});

t.test('nothing else is an identifier', async (t) => {
  const host = 'https://contoso.vault.azure.net';
  for (const id of [
    '',
    'password',
    'http://contoso.vault.azure.net/secrets/password',
    'https://user:pass@contoso.vault.azure.net/secrets/password',
    `${host}/secrets`,
    `${host}/secrets/`,
    `${host}/storage/password`,
    `${host}/secrets/pass_word`,
    `${host}/secrets/${'a'.repeat(128)}`,
    `${host}/secrets/password/latest`,
    `${host}/secrets/password/${VERSION}/more`,
    `${host}/secrets/password?api-version=7.4`,
    `${host}/secrets/password#fragment`,
    `${host}/secrets/../keys/password/x`,
  ]) {
    t.equal(parseIdentifier(id), undefined, id);
  }
});

t.test('no text makes it throw, and what it takes apart can be put together again', async (t) => {
  const name = fc.stringMatching(/^[0-9a-zA-Z-]{1,127}$/);
  const collection = fc.constantFrom('secrets', 'keys', 'certificates');
  holds(t, fc.string(), (text) => {
    parseIdentifier(text);
    parseIdentifier(`https://vault/${text}`);
  });
  holds(t, collection, name, (collection, name) => {
    const id = `https://contoso.vault.azure.net/${collection}/${name}`;
    const parsed = parseIdentifier(id);
    assert.equal(`${parsed?.vault}/${parsed?.collection}/${parsed?.name}`, id);
  });
});
