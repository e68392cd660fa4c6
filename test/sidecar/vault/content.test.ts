import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { issueAuthority } from '../../../certs/issue.ts';
import { certificateBytes, keyBytes, secretBytes } from '../../../sidecar/vault/content.ts';
import { holds } from '../../support/property.ts';

t.test('a secret is written as it is, with every byte', async (t) => {
  for (const value of ['', 'one', 'two\nlines\n', 'ünïcode 🔑', ' edges ', 'a\r\nb']) {
    t.same(secretBytes(value, undefined), Buffer.from(value), JSON.stringify(value));
  }
});

t.test('an encoded secret is written decoded', async (t) => {
  holds(t, fc.uint8Array({ maxLength: 200 }), (bytes) => {
    const content = Buffer.from(bytes);
    assert.deepEqual(secretBytes(content.toString('base64'), 'base64'), content);
    assert.deepEqual(secretBytes(content.toString('hex'), 'hex'), content);
    assert.deepEqual(secretBytes(content.toString('hex').toUpperCase(), 'hex'), content);
  });
  t.same(secretBytes('aGVs\r\nbG8=\n', 'base64'), Buffer.from('hello'));
});

t.test('what the provider could not decode comes to nothing', async (t) => {
  for (const value of ['aGVsbG8', 'aGVsbG8==', 'a-_b', 'aGVs bG8=', '====', '*']) {
    t.equal(secretBytes(value, 'base64'), undefined, value);
  }
  for (const value of ['abc', 'zz', 'ab\n', '0x01']) {
    t.equal(secretBytes(value, 'hex'), undefined, value);
  }
});

t.test('a certificate is written as PEM with lines of 64 characters', async (t) => {
  const { cert } = await issueAuthority({ now: Date.now(), lifetime: 86_400_000 });
  const der = Buffer.from(cert.replace(/-----[A-Z ]+-----/g, ''), 'base64');
  t.equal(certificateBytes(der).toString(), cert);
});

t.test('of a key the public half is written as PEM, wherever the key is kept', async (t) => {
  const keys = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
    ...['P-256', 'P-384', 'P-521'].map(
      (namedCurve) => generateKeyPairSync('ec', { namedCurve }).publicKey,
    ),
  ];
  for (const key of keys) {
    const jwk = key.export({ format: 'jwk' });
    const pem = key.export({ type: 'spki', format: 'pem' }).toString();
    t.equal(keyBytes(jwk)?.toString(), pem, `${jwk.kty}`);
    t.equal(keyBytes({ ...jwk, kty: `${jwk.kty}-HSM` })?.toString(), pem, `${jwk.kty}-HSM`);
    t.ok(createPublicKey(pem).equals(key));
  }
});

t.test('keys that the provider does not know come to nothing', async (t) => {
  const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey;
  t.equal(keyBytes(other.export({ format: 'jwk' })), undefined);
  t.equal(keyBytes({ kty: 'oct-HSM' }), undefined);
  t.equal(keyBytes({ kty: 'RSA', n: 'AQAB' }), undefined);
  t.equal(keyBytes({}), undefined);
});
