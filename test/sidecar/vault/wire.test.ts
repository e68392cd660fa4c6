import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { startAzure } from '../../support/azure/azure.ts';
import { inShort, mounted, secretObject, startVerifier } from '../../support/azure/verification.ts';

const { vault, url, connections, credentials } = await startAzure(t, 'direct');
const names = ['a', 'b', 'c'];
for (const name of names) vault.setSecret(name, 'one');
const objects = names.map((name) => secretObject(name, { id: `${url}/secrets/${name}` }));
const FILES = { a: 'one', b: 'one', c: 'one' };
const FRESH = names.map(() => 'fresh ZK850');

t.test('without a proxy, connections serve one round and no longer', async (t) => {
  const { nextRound } = await startVerifier({ objects, credentials });
  vault.connections.clear();
  t.strictSame(inShort(await nextRound(FILES)), FRESH);
  t.equal(vault.connections.size, 1, 'all requests to the vault go over one connection');
  while ((await connections()) > 0) await setImmediate();
  t.strictSame(inShort(await nextRound(FILES)), FRESH);
  t.equal(vault.connections.size, 2, 'and those of the next round over another one');
});

t.test('a round ends its requests with the signal', async (t) => {
  const { verifier, clock } = await startVerifier({ objects, credentials });
  clock.advance(verifier.nextDelay());
  vault.faults.set('*', 'hang');
  t.teardown(() => vault.faults.clear());
  vault.requests.length = 0;
  const ending = new AbortController();
  const verdicts = verifier.verify([mounted(FILES)], ending.signal);
  while (vault.requests.length === 0) await setImmediate();
  ending.abort();
  await t.rejects(verdicts, { name: 'AbortError' });
  while ((await connections()) > 0) await setImmediate();
  t.equal(await connections(), 0, 'nothing is left open');
});
