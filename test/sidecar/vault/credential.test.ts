import t from 'tap';
import { startAzure } from '../../support/azure/azure.ts';
import { inShort, secretObject, startVerifier } from '../../support/azure/verification.ts';

const { vault, entraId, credentials } = await startAzure(t);
vault.setSecret('a', 'one');
const objects = [secretObject('a')];

t.test('a token that is about to expire is replaced', async (t) => {
  t.teardown(() => {
    entraId.lifetime = 3600;
  });
  entraId.lifetime = 60;
  const { nextRound } = await startVerifier({ objects, credentials });
  const before = entraId.tokens.length;
  t.strictSame(inShort(await nextRound({ a: 'one' })), ['fresh ZK850']);
  t.strictSame(inShort(await nextRound({ a: 'one' })), ['fresh ZK850']);
  t.equal(entraId.tokens.length, before + 2);
});

t.test('nobody but the authority is asked about the authority', async (t) => {
  entraId.requests.length = 0;
  const { nextRound } = await startVerifier({ objects, credentials });
  await nextRound({ a: 'one' });
  t.ok(entraId.requests.length > 0);
  for (const request of entraId.requests) t.match(request, `/${credentials.tenantId}/`);
});

t.test('without an authority it is that of the public cloud', async (t) => {
  const { authorityHost: _, ...rest } = credentials;
  const { nextRound } = await startVerifier({ objects, credentials: rest });
  t.strictSame(inShort(await nextRound({ a: 'one' })), ['fresh ZK850']);
});
