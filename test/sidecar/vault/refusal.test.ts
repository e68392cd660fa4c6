import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { startAzure } from '../../support/azure/azure.ts';
import type { Fault } from '../../support/azure/fault.ts';
import { challengeFor, refusal } from '../../support/azure/key-vault.ts';
import { inShort, secretObject, startVerifier } from '../../support/azure/verification.ts';

const azure = await startAzure(t);
const { vault, entraId, credentials } = azure;

/** The verdict on a file whose object the vault answers for with that. */
async function verdictOn(name: string, changes = {}) {
  vault.setSecret(name, 'one');
  const { nextRound } = await startVerifier({
    objects: [secretObject(name)],
    credentials: { ...credentials, ...changes },
    requestTimeout: 1000,
  });
  const [verdict] = await nextRound({ [name]: 'one' });
  return verdict;
}

async function verdictUnder(name: string, fault: Fault) {
  vault.faults.set(`/secrets/${name}`, fault);
  return verdictOn(name);
}

t.test('disabled and deleted objects fail the next pod start', async (t) => {
  const objects = [secretObject('disabled'), secretObject('deleted')];
  const { nextRound } = await startVerifier({ objects, credentials });
  vault.setSecret('disabled', 'one');
  vault.setSecret('deleted', 'one');
  const files = { disabled: 'one', deleted: 'one' };
  t.strictSame(inShort(await nextRound(files)), ['fresh ZK850', 'fresh ZK850']);
  vault.disable('/secrets/disabled');
  vault.delete('/secrets/deleted');
  const verdicts = await nextRound(files);
  t.strictSame(inShort(verdicts), ['orphaned ZK852', 'orphaned ZK853']);
  for (const { reason } of verdicts) t.match(reason, /the next pod start will fail/);
});

t.test('who may not get an object is told the role and the permission', async (t) => {
  for (const inner of ['ForbiddenByRbac', 'ForbiddenByPolicy', 'AccessDenied', undefined]) {
    const verdict = await verdictUnder('forbidden', refusal(403, 'Forbidden', inner));
    t.match(verdict, { state: 'unknown', code: 'ZK856' }, `${inner}`);
    t.match(verdict?.reason, /"Key Vault Secrets User", or "secrets\/get"/);
  }
});

t.test('a refused network is unknown, never missing or orphaned', async (t) => {
  for (const inner of [
    'ForbiddenByConnection',
    'ForbiddenByFirewall',
    'ForbiddenByNetworkSecurityPerimeter',
  ]) {
    const verdict = await verdictUnder('private', refusal(403, 'Forbidden', inner));
    t.match(verdict, { state: 'unknown', code: 'ZK857', reason: new RegExp(inner) });
  }
});

t.test('who does not answer is unknown: reset, silent, or never at an end', async (t) => {
  t.match(await verdictUnder('reset', 'reset'), { state: 'unknown', code: 'ZK858' });
  for (const fault of ['hang', 'stall'] as const) {
    const verdict = await verdictUnder(fault, fault);
    t.match(verdict, { state: 'unknown', code: 'ZK858', reason: /\(timeout\)/ });
  }
});

t.test('a name that does not resolve and a port that refuses are unknown', async (t) => {
  const { HTTPS_PROXY } = process.env;
  delete process.env.HTTPS_PROXY;
  t.teardown(() => {
    process.env.HTTPS_PROXY = HTTPS_PROXY;
  });
  const objects = [
    secretObject('a', { id: 'https://contoso.vault.invalid/secrets/a' }),
    secretObject('b', { id: 'https://127.0.0.1:1/secrets/b' }),
  ];
  const { nextRound } = await startVerifier({ objects, credentials });
  const verdicts = await nextRound({ a: 'one', b: 'one' });
  t.strictSame(inShort(verdicts), ['unknown ZK858', 'unknown ZK858']);
  t.match(verdicts[0]?.reason, /ENOTFOUND|EAI_AGAIN/);
  t.match(verdicts[1]?.reason, /ECONNREFUSED/);
});

t.test('other answers than those of Key Vault are unknown', async (t) => {
  const moved = { status: 302, headers: { location: 'https://sign.in.example' } };
  for (const [fault, shown] of [
    ['garbage', '200'],
    [moved, '302'],
    [refusal(500, 'InternalServerError'), '500 InternalServerError'],
    [refusal(400, 'BadParameter'), '400 BadParameter'],
    [refusal(404, 'Something'), '404 Something'],
    [{ status: 404, body: { error: 'a text, not a code' } }, '404'],
    [{ status: 403, body: { blocked: 'by a firewall' } }, '403'],
    [{ status: 401 }, '401'],
  ] as const) {
    const verdict = await verdictUnder('odd', fault);
    t.match(verdict, { state: 'unknown', code: 'ZK867' });
    t.match(verdict?.reason, `(${shown})`);
  }
});

t.test('a challenge for another domain is refused, and no token is sent', async (t) => {
  const before = vault.challenge;
  t.teardown(() => {
    vault.challenge = before;
  });
  for (const resource of ['https://evil.example', 'https://contoso.vault.azure.net', 'no url']) {
    vault.challenge = challengeFor(credentials.tenantId, resource);
    vault.requests.length = 0;
    const verdict = await verdictOn('challenged');
    t.match(verdict, { state: 'unknown', code: 'ZK863' }, resource);
    t.strictSame(vault.requests, ['/secrets/challenged']);
  }
});

t.test('a vault of another tenant is unknown, and no token is asked for', async (t) => {
  const before = vault.challenge;
  t.teardown(() => {
    vault.challenge = before;
  });
  vault.challenge = challengeFor('7c9e6679-7425-40de-944b-e07fc1f90ae7', 'https://vault.azure.net');
  entraId.requests.length = 0;
  t.match(await verdictOn('foreign'), { state: 'unknown', code: 'ZK864' });
  t.strictSame(entraId.requests, []);
});

t.test('a token that the vault does not take is unknown', async (t) => {
  const headers = { 'www-authenticate': vault.challenge };
  const verdict = await verdictUnder('untaken', refusal(401, 'Unauthorized', undefined, headers));
  t.match(verdict, { state: 'unknown', code: 'ZK864' });
});

t.test('what Entra ID refuses is told by its number alone', async (t) => {
  const tokenFile = path.join(t.testdir(), 'token');
  await writeFile(tokenFile, 'another assertion');
  const unknown = '00000000-0000-4000-8000-000000000000';
  for (const [changes, number] of [
    [{ tokenFile }, 'AADSTS70021'],
    [{ clientId: unknown }, 'AADSTS700016'],
  ] as const) {
    const verdict = await verdictOn('refused', changes);
    t.match(verdict, { state: 'unknown', code: 'ZK861' });
    t.match(verdict?.reason, `(${number})`);
    t.notMatch(verdict?.reason, 'assertion');
  }
});

t.test('Entra ID that is out of order is unknown', async (t) => {
  t.teardown(() => {
    entraId.fault = undefined;
  });
  for (const [fault, code] of [
    ['hang', 'ZK858'],
    ['reset', 'ZK858'],
    ['garbage', 'ZK867'],
    [{ status: 503 }, 'ZK867'],
    [{ status: 429, headers: { 'retry-after': '60' } }, 'ZK860'],
  ] as const) {
    entraId.fault = fault;
    const verdict = await verdictOn('unproven');
    t.match(verdict, { state: 'unknown', code }, JSON.stringify(fault));
    t.match(verdict?.reason, /login\.microsoftonline\.com/);
  }
});

t.test(
  'a token file that is missing or empty is unknown, and is found when it comes',
  async (t) => {
    const tokenFile = path.join(t.testdir(), 'token');
    vault.setSecret('later', 'one');
    const { nextRound } = await startVerifier({
      objects: [secretObject('later')],
      credentials: { ...credentials, tokenFile },
    });
    t.strictSame(inShort(await nextRound({ later: 'one' })), ['unknown ZK862']);
    await writeFile(tokenFile, '');
    t.strictSame(inShort(await nextRound({ later: 'one' })), ['unknown ZK862']);
    await writeFile(tokenFile, azure.assertion);
    t.strictSame(inShort(await nextRound({ later: 'one' })), ['fresh ZK850']);
  },
);

t.test('a certificate that nobody vouches for is unknown, and nothing is sent', async (t) => {
  await azure.loseTrust();
  vault.requests.length = 0;
  t.match(await verdictOn('spoofed'), { state: 'unknown', code: 'ZK859' });
  t.strictSame(vault.requests, []);
});
