import forge from 'node-forge';
import t from 'tap';
import { issueAuthority, issueLeaf, type KeyedCertificate } from '../../../certs/issue.ts';
import { certificateIdentity } from '../../../sidecar/vault/certificate-identity.ts';
import { pkcs12Identity } from '../../../sidecar/vault/pkcs12.ts';
import { startAzure } from '../../support/azure/azure.ts';
import { inShort, secretObject, startVerifier } from '../../support/azure/verification.ts';

const issuance = { now: Date.now(), lifetime: 86_400_000 };
const authority = await issueAuthority(issuance);
const leaf = await issueLeaf(['contoso.example'], authority, issuance);
const renewed = await issueLeaf(['contoso.example'], authority, issuance);

/** As Key Vault keeps a certificate: base64, key and chain, no password. */
function pkcs12({ cert, key }: KeyedCertificate, chain: readonly string[], marked = true): string {
  const certificates = [cert, ...chain].map((pem) => forge.pki.certificateFromPem(pem));
  const options = { algorithm: '3des', generateLocalKeyId: marked } as const;
  const privateKey = forge.pki.privateKeyFromPem(key);
  const archive = forge.pkcs12.toPkcs12Asn1(privateKey, certificates, '', options);
  return forge.util.encode64(forge.asn1.toDer(archive).getBytes());
}

t.test('the certificate of the key is told, with and without a chain', async (t) => {
  const identity = certificateIdentity(leaf.cert);
  t.same(await pkcs12Identity(pkcs12(leaf, [])), identity);
  t.same(await pkcs12Identity(pkcs12(leaf, [authority.cert])), identity);
  t.notSame(await pkcs12Identity(pkcs12(renewed, [authority.cert])), identity);
});

t.test('what cannot be told is not guessed', async (t) => {
  t.equal(await pkcs12Identity('no archive'), undefined);
  t.equal(await pkcs12Identity(''), undefined);
  t.equal(await pkcs12Identity(pkcs12(leaf, [authority.cert], false)), undefined);
});

t.test('a file is compared by that certificate, whatever is around it', async (t) => {
  const { vault, credentials } = await startAzure(t);
  const fields = { contentType: 'application/x-pkcs12', kid: 'https://contoso/keys/tls/1' };
  vault.setSecret('tls', pkcs12(leaf, [authority.cert]), fields);
  const { nextRound } = await startVerifier({ objects: [secretObject('tls')], credentials });
  const verdictOn = async (tls: string) => inShort(await nextRound({ tls }));
  t.strictSame(await verdictOn(leaf.key + leaf.cert + authority.cert), ['fresh ZK850']);
  t.strictSame(await verdictOn(leaf.cert + leaf.key), ['fresh ZK850']);
  t.strictSame(await verdictOn(leaf.key), ['unknown ZK865']);
  vault.setSecret('tls', pkcs12(renewed, [authority.cert]), fields);
  t.strictSame(await verdictOn(leaf.key + leaf.cert + authority.cert), ['drifted ZK851']);
  t.strictSame(await verdictOn(renewed.key + renewed.cert + authority.cert), ['fresh ZK850']);
});
