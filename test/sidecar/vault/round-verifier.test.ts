import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { SHORTEST_INTERVAL } from '../../../sidecar/vault/pace.ts';
import { OTHER_VAULT, startAzure } from '../../support/azure/azure.ts';
import { refusal } from '../../support/azure/key-vault.ts';
import { inShort, mounted, secretObject, startVerifier } from '../../support/azure/verification.ts';

const { vault, otherVault, credentials } = await startAzure(t);

function elsewhere(name: string) {
  return secretObject(name, { id: `${OTHER_VAULT}/secrets/${name}` });
}

/** Asked for with a token, since that was last called. */
function asked(of = vault): string[] {
  const requests = of.requests.filter((request) => request.startsWith('+'));
  of.requests.length = 0;
  return requests.map((request) => request.replace('+/secrets/', ''));
}

t.beforeEach(() => {
  for (const name of ['a', 'b', 'c']) {
    vault.setSecret(name, 'one');
    otherVault.setSecret(name, 'one');
  }
  vault.faults.clear();
  otherVault.faults.clear();
  asked();
  asked(otherVault);
});

const FILES = { a: 'one', b: 'one', c: 'one' };

t.test('nothing is asked for before a round is due', async (t) => {
  const { verify, nextRound, verifier } = await startVerifier({
    objects: [secretObject('a')],
    credentials,
  });
  t.ok(verifier.nextDelay() > 0);
  t.strictSame(inShort(await verify(FILES)), ['unknown ZK869']);
  t.strictSame(asked(), []);
  await nextRound(FILES);
  t.strictSame(asked(), ['a']);
  t.ok(verifier.nextDelay() >= SHORTEST_INTERVAL);
});

t.test('between rounds a changed file is judged by the last answer', async (t) => {
  const { verify, nextRound } = await startVerifier({ objects: [secretObject('a')], credentials });
  t.strictSame(inShort(await nextRound({ a: 'before' })), ['drifted ZK851']);
  t.strictSame(inShort(await verify({ a: 'before' })), ['drifted ZK851']);
  t.strictSame(inShort(await verify({ a: 'one' })), ['fresh ZK850']);
  t.strictSame(inShort(await verify({ a: 'newer' })), ['unknown ZK869']);
  t.strictSame(asked(), ['a']);
});

t.test('429 ends the round, and Retry-After puts the next one off', async (t) => {
  const headers = { 'retry-after': '3600' };
  vault.faults.set('/secrets/b', refusal(429, 'Throttled', undefined, headers));
  const objects = [secretObject('a'), secretObject('b'), elsewhere('c')];
  const { nextRound, verifier } = await startVerifier({ objects, credentials });
  const throttled = ['fresh ZK850', 'unknown ZK860', 'unknown ZK860'];
  t.strictSame(inShort(await nextRound(FILES)), throttled);
  t.strictSame([asked(), asked(otherVault)], [['a', 'b'], []]);
  t.ok(verifier.nextDelay() >= 3_600_000);
  vault.faults.clear();
  t.strictSame(inShort(await nextRound(FILES)), ['fresh ZK850', 'fresh ZK850', 'fresh ZK850']);
});

t.test('of several that ask for patience, the one who asks for most is heard', async (t) => {
  const patience = (seconds: string) =>
    refusal(503, 'ServiceUnavailable', undefined, { 'retry-after': seconds });
  vault.faults.set('/secrets/a', patience('1800'));
  otherVault.faults.set('/secrets/b', patience('60'));
  const { nextRound, verifier } = await startVerifier({
    objects: [secretObject('a'), elsewhere('b')],
    credentials,
  });
  t.strictSame(inShort(await nextRound(FILES)), ['unknown ZK867', 'unknown ZK867']);
  t.ok(verifier.nextDelay() >= 1_800_000);
});

t.test('an unreachable vault is asked once a round, the others go on', async (t) => {
  vault.faults.set('*', 'reset');
  const objects = [secretObject('a'), secretObject('b'), elsewhere('c')];
  const { nextRound } = await startVerifier({ objects, credentials });
  const verdicts = await nextRound(FILES);
  t.strictSame(inShort(verdicts), ['unknown ZK858', 'unknown ZK858', 'fresh ZK850']);
  t.equal(vault.requests.length, 1);
});

t.test('what concerns one object does not keep the others from being asked for', async (t) => {
  vault.delete('/secrets/a');
  vault.faults.set('/secrets/b', refusal(403, 'Forbidden', 'ForbiddenByRbac'));
  const objects = ['a', 'b', 'c'].map((name) => secretObject(name));
  const { nextRound } = await startVerifier({ objects, credentials });
  const verdicts = await nextRound(FILES);
  t.strictSame(inShort(verdicts), ['orphaned ZK853', 'unknown ZK856', 'fresh ZK850']);
});

t.test('a round that has used up its requests is gone on with in the next one', async (t) => {
  const objects = ['a', 'b', 'c'].map((name) => secretObject(name));
  const { nextRound } = await startVerifier({ objects, credentials, requestsPerRound: 1 });
  t.strictSame(inShort(await nextRound(FILES)), ['fresh ZK850', 'unknown ZK869', 'unknown ZK869']);
  t.strictSame(inShort(await nextRound(FILES)), ['fresh ZK850', 'fresh ZK850', 'unknown ZK869']);
  t.strictSame(inShort(await nextRound(FILES)), ['fresh ZK850', 'fresh ZK850', 'fresh ZK850']);
  t.strictSame(asked(), ['a', 'b', 'c']);
});

t.test('one request is under way at a time, also if verifications overlap', async (t) => {
  const objects = ['a', 'b', 'c'].map((name) => secretObject(name));
  const { verifier, clock } = await startVerifier({ objects, credentials });
  clock.advance(verifier.nextDelay());
  vault.concurrency = 0;
  const { signal } = new AbortController();
  const both = [1, 2].map(() => verifier.verify([mounted(FILES)], signal));
  for (const verdicts of await Promise.all(both)) {
    t.strictSame(inShort(verdicts), ['fresh ZK850', 'fresh ZK850', 'fresh ZK850']);
  }
  t.strictSame(asked(), ['a', 'b', 'c']);
  t.equal(vault.concurrency, 1);
});

t.test('a file that the mount lacks is not asked for', async (t) => {
  const objects = [secretObject('a'), secretObject('b')];
  const { nextRound } = await startVerifier({ objects, credentials });
  t.strictSame(inShort(await nextRound({ b: 'one' })), ['unknown ZK868', 'fresh ZK850']);
  t.strictSame(asked(), ['b']);
});

t.test('an aborted round counts, so that aborting does not make more of them', async (t) => {
  const { verifier, clock } = await startVerifier({ objects: [secretObject('a')], credentials });
  clock.advance(verifier.nextDelay());
  vault.faults.set('/secrets/a', 'hang');
  const ending = new AbortController();
  const verdicts = verifier.verify([mounted(FILES)], ending.signal);
  while (vault.requests.length === 0) await setImmediate();
  ending.abort();
  await t.rejects(verdicts, { name: 'AbortError' });
  vault.faults.clear();
  const { signal } = new AbortController();
  t.strictSame(inShort(await verifier.verify([mounted(FILES)], signal)), ['unknown ZK869']);
});
