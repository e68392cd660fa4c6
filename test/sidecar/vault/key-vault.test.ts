import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { startAzure, VAULT } from '../../support/azure/azure.ts';
import { testComparisons } from '../../support/azure/comparisons.ts';
import { inShort, mounted, secretObject, startVerifier } from '../../support/azure/verification.ts';

const { vault, entraId, credentials } = await startAzure(t);

testComparisons(
  t,
  {
    url: VAULT,
    set: async (name, value) => vault.setSecret(name, value),
    disable: async (name) => vault.disable(`/secrets/${name}`),
    delete: async (name) => vault.delete(`/secrets/${name}`),
  },
  credentials,
);

t.test('a decoded secret is compared decoded', async (t) => {
  vault.setSecret('base64', Buffer.from([0, 255, 10]).toString('base64'));
  vault.setSecret('hex', '00FF0a');
  vault.setSecret('broken', 'no base64!');
  const { nextRound } = await startVerifier({
    objects: [
      secretObject('base64', { encoding: 'base64' }),
      secretObject('hex', { encoding: 'hex' }),
      secretObject('broken', { encoding: 'base64' }),
    ],
    credentials,
  });
  const raw = Buffer.from([0, 255, 10]);
  const verdicts = await nextRound({ base64: raw, hex: raw, broken: 'before' });
  t.strictSame(inShort(verdicts), ['fresh ZK850', 'fresh ZK850', 'orphaned ZK855']);
});

t.test('of a certificate, PEM is compared and what is made of PKCS #12 is not', async (t) => {
  const kid = 'https://contoso.vault.azure.net/keys/tls/0123456789abcdef0123456789abcdef';
  const pkcs12 = { contentType: 'application/x-pkcs12' };
  vault.setSecret('pem', 'PEM', { contentType: 'application/x-pem-file', kid });
  vault.setSecret('pfx', 'UEZY', { ...pkcs12, kid });
  vault.setSecret('imported', 'UEZY', pkcs12);
  const names = ['pem', 'pfx', 'imported'];
  const objects = names.map((name) => secretObject(name));
  const { nextRound } = await startVerifier({ objects, credentials });
  t.strictSame(inShort(await nextRound({ pem: 'PEM', pfx: 'UEZY', imported: 'UEZY' })), [
    'fresh ZK850',
    'fresh ZK850',
    'fresh ZK850',
  ]);
  const other = '-----BEGIN CERTIFICATE-----';
  t.strictSame(inShort(await nextRound({ pem: other, pfx: other, imported: other })), [
    'drifted ZK851',
    'unknown ZK865',
    'drifted ZK851',
  ]);
});

t.test('an expired secret is orphaned, though the vault hands it out', async (t) => {
  vault.set('/secrets/expired', { value: 'one' }, { expires: 1_700_000_000 });
  const { nextRound } = await startVerifier({ objects: [secretObject('expired')], credentials });
  const [verdict] = await nextRound({ expired: 'one' });
  t.match(verdict, { state: 'orphaned', code: 'ZK854', reason: /expired on 2023-11-14/ });
  t.match(verdict?.reason, /pods still start/);
});

t.test('a token is asked for once and serves all vault requests until it expires', async (t) => {
  vault.setSecret('a', 'one');
  vault.setSecret('b', 'one');
  const { nextRound } = await startVerifier({
    objects: [secretObject('a'), secretObject('b')],
    credentials,
  });
  const before = entraId.tokens.length;
  await nextRound({ a: 'one', b: 'one' });
  await nextRound({ a: 'one', b: 'one' });
  t.equal(entraId.tokens.length, before + 1);
});

t.test('get is all that is asked for, with a token only after a challenge', async (t) => {
  vault.setSecret('only', 'one');
  const { nextRound } = await startVerifier({ objects: [secretObject('only')], credentials });
  vault.requests.length = 0;
  await nextRound({ only: 'one' });
  t.strictSame(vault.requests, ['/secrets/only', '+/secrets/only']);
});

t.test('a signal ends a round and is the reason of the rejection', async (t) => {
  vault.setSecret('slow', 'one');
  vault.faults.set('/secrets/slow', 'hang');
  const { verifier, clock } = await startVerifier({
    objects: [secretObject('slow')],
    credentials,
  });
  clock.advance(verifier.nextDelay());
  const ending = new AbortController();
  const reason = new Error('the sidecar stops');
  const verdicts = verifier.verify([mounted({ slow: 'one' })], ending.signal);
  while (!vault.requests.includes('/secrets/slow')) await setImmediate();
  ending.abort(reason);
  await t.rejects(verdicts, reason);
  await t.rejects(verifier.verify([], ending.signal), reason);
});
