import t from 'tap';
import { startAzure } from '../../support/azure/azure.ts';
import { inShort, secretObject, startVerifier } from '../../support/azure/verification.ts';

const { vault, entraId, credentials } = await startAzure(t);
const names = ['a', 'b', 'c'];
for (const name of names) vault.setSecret(name, 'one');
const objects = names.map((name) => secretObject(name));
const FRESH = names.map(() => 'fresh ZK850');
const FILES = { a: 'one', b: 'one', c: 'one' };

t.test(
  'a token that is about to expire is replaced in the next round, never behind it',
  async (t) => {
    t.teardown(() => {
      entraId.lifetime = 3600;
    });
    entraId.lifetime = 60;
    const { nextRound } = await startVerifier({ objects, credentials });
    for (const round of [1, 2, 3]) {
      const before = entraId.tokens.length;
      t.strictSame(inShort(await nextRound(FILES)), FRESH);
      t.equal(entraId.tokens.length, before + 1, `round ${round}`);
    }
  },
);

t.test('nobody but the authority is asked about the authority', async (t) => {
  entraId.requests.length = 0;
  const { nextRound } = await startVerifier({ objects, credentials });
  await nextRound(FILES);
  t.ok(entraId.requests.length > 0);
  for (const request of entraId.requests) t.match(request, `/${credentials.tenantId}/`);
});

t.test('without an authority it is that of the public cloud', async (t) => {
  const { authorityHost: _, ...rest } = credentials;
  const { nextRound } = await startVerifier({ objects, credentials: rest });
  t.strictSame(inShort(await nextRound(FILES)), FRESH);
});
