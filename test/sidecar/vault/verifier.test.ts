import t from 'tap';
import { startAzure } from '../../support/azure/azure.ts';
import { inShort, secretObject, startVerifier } from '../../support/azure/verification.ts';

t.test('a file that holds what the vault holds is fresh, another one has drifted', async (t) => {
  const { vault, credentials } = await startAzure(t);
  vault.setSecret('password', 'one');
  const { nextRound } = await startVerifier({ objects: [secretObject('password')], credentials });
  const v = await nextRound({ password: 'one' });
  console.error(v, vault.requests);
  t.strictSame(inShort(v), ['fresh ZK850']);
  t.strictSame(inShort(await nextRound({ password: 'two' })), ['drifted ZK851']);
});
