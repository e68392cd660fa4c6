import { generateKeyPairSync } from 'node:crypto';
import t from 'tap';
import { issueAuthority } from '../../../certs/issue.ts';
import { startAzure, VAULT } from '../../support/azure/azure.ts';
import { refusal } from '../../support/azure/key-vault.ts';
import { inShort, MOUNT, startVerifier } from '../../support/azure/verification.ts';

const { vault, credentials } = await startAzure(t);

const { cert } = await issueAuthority({ now: Date.now(), lifetime: 86_400_000 });
const { cert: otherCert } = await issueAuthority({ now: Date.now(), lifetime: 86_400_000 });
const cer = cert.replace(/-----[A-Z ]+-----|\n/g, '');
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

const certificate = { id: `${VAULT}/certificates/tls`, path: `${MOUNT}/tls` };
const key = { id: `${VAULT}/keys/signing`, path: `${MOUNT}/signing` };

t.beforeEach(() => {
  vault.faults.clear();
  vault.delete('/certificates/tls');
  vault.delete('/keys/signing');
});

t.test('a certificate and a key are compared with what the provider makes of them', async (t) => {
  vault.set('/certificates/tls', { cer });
  vault.set('/keys/signing', { key: publicKey.export({ format: 'jwk' }) });
  const { nextRound } = await startVerifier({ objects: [certificate, key], credentials });
  const fresh = await nextRound({ tls: cert, signing: pem });
  t.strictSame(inShort(fresh), ['fresh ZK850', 'fresh ZK850']);
  const drifted = await nextRound({ tls: otherCert, signing: 'before' });
  t.strictSame(inShort(drifted), ['drifted ZK851', 'drifted ZK851']);
});

t.test('pinned versions are honoured', async (t) => {
  const version = vault.set('/certificates/tls', { cer });
  vault.set('/certificates/tls', { cer: otherCert.replace(/-----[A-Z ]+-----|\n/g, '') });
  const objects = [{ ...certificate, id: `${certificate.id}/${version}` }];
  const { nextRound } = await startVerifier({ objects, credentials });
  t.strictSame(inShort(await nextRound({ tls: cert })), ['fresh ZK850']);
});

t.test('expired, disabled and deleted ones are orphaned', async (t) => {
  vault.set('/certificates/tls', { cer }, { expires: 1_700_000_000 });
  const { nextRound } = await startVerifier({ objects: [certificate, key], credentials });
  const files = { tls: cert, signing: pem };
  t.strictSame(inShort(await nextRound(files)), ['orphaned ZK854', 'orphaned ZK853']);
  vault.disable('/certificates/tls');
  t.strictSame(inShort(await nextRound(files)), ['orphaned ZK852', 'orphaned ZK853']);
});

t.test('a key of a type that is never mounted is unknown', async (t) => {
  vault.set('/keys/signing', { key: { kty: 'oct-HSM' } });
  const { nextRound } = await startVerifier({ objects: [key], credentials });
  t.strictSame(inShort(await nextRound({ signing: pem })), ['unknown ZK866']);
});

t.test('each kind has its own role and permission', async (t) => {
  vault.faults.set('*', refusal(403, 'Forbidden', 'ForbiddenByRbac'));
  const { nextRound } = await startVerifier({ objects: [certificate, key], credentials });
  const [first, second] = await nextRound({ tls: cert, signing: pem });
  t.match(first, { state: 'unknown', code: 'ZK856', reason: /"certificates\/get"/ });
  t.match(first?.reason, /Key Vault Certificate User/);
  t.match(second, { state: 'unknown', code: 'ZK856', reason: /"keys\/get"/ });
});

t.test('the token is for the domain of the vault, before it asks for one', async (t) => {
  vault.set('/certificates/tls', { cer });
  vault.challenge = 'Bearer authorization="https://evil.example", resource="https://evil.example"';
  const { nextRound } = await startVerifier({ objects: [certificate], credentials });
  vault.requests.length = 0;
  t.strictSame(inShort(await nextRound({ tls: cert })), ['fresh ZK850']);
  t.strictSame(vault.requests, ['+/certificates/tls']);
});

t.test('what is no answer of Key Vault is unknown', async (t) => {
  for (const fault of ['garbage', { status: 500 }, { status: 200, body: { cer: 7 } }] as const) {
    vault.faults.set('*', fault);
    const { nextRound } = await startVerifier({ objects: [certificate], credentials });
    t.strictSame(inShort(await nextRound({ tls: cert })), ['unknown ZK867']);
  }
});
