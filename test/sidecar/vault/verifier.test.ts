import path from 'node:path';
import t from 'tap';
import { createVerifier } from '../../../sidecar/vault/verifier.ts';
import { VAULT } from '../../support/azure/azure.ts';
import { mounted, secretObject, startVerifier } from '../../support/azure/verification.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { run } from '../../support/run.ts';

const credentials = { tenantId: 'tenant', clientId: 'client', tokenFile: '/var/run/token' };
const surroundings = { clock: new ManualClock(), random: () => 0 };

t.test('objects that cannot be used are refused together', async (t) => {
  const objects = [
    secretObject('a', { id: 'a' }),
    secretObject('b', { path: 'relative' }),
    secretObject('c'),
    secretObject('c'),
  ];
  await t.rejects(createVerifier({ ...surroundings, objects, credentials }), {
    name: 'TypeError',
    message:
      /"a" is no Key Vault identifier; "relative" is no absolute path; ".*\/c" is named twice/,
  });
});

t.test('limits that cannot be kept are refused', async (t) => {
  for (const [name, value] of [
    ['interval', 299_999],
    ['interval', Number.NaN],
    ['requestsPerRound', 0],
    ['requestTimeout', -1],
  ] as const) {
    const options = { ...surroundings, objects: [], credentials, [name]: value };
    const expected = { name: 'RangeError', message: new RegExp(`^${name} is ${value}; expected`) };
    await t.rejects(createVerifier(options), expected);
  }
});

t.test('a pod without workload identity is told what is missing', async (t) => {
  for (const missing of ['tenantId', 'clientId', 'tokenFile'] as const) {
    const { nextRound, verifier } = await startVerifier({
      objects: [secretObject('a')],
      credentials: { ...credentials, [missing]: undefined },
    });
    const [verdict] = await nextRound({ a: 'one' });
    t.match(verdict, { path: secretObject('a').path, state: 'unknown', code: 'ZK862' });
    t.ok(verifier.nextDelay() > 0);
  }
  const { nextRound } = await startVerifier({ objects: [secretObject('a')], credentials: {} });
  const [verdict] = await nextRound({ a: 'one' });
  t.match(verdict?.reason, /AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE not set/);
});

t.test('verdicts come in the order of the objects, whatever the mounts hold', async (t) => {
  const objects = ['b', 'a'].map((name) => secretObject(name));
  const verifier = await createVerifier({ ...surroundings, objects, credentials: {} });
  const { signal } = new AbortController();
  for (const snapshots of [[], [mounted({ a: 'one', z: 'other' })]]) {
    const verdicts = await verifier.verify(snapshots, signal);
    t.strictSame(
      verdicts.map((verdict) => verdict.path),
      objects.map((object) => object.path),
    );
  }
});

t.test('nothing of Azure is loaded before there is an identity to use', async (t) => {
  const module = path.join(import.meta.dirname, '../../../sidecar/vault/verifier.ts');
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ load(url, context, next) {
      const name = /node_modules\\/(@azure\\/[^/]+|https?-proxy-agent)/.exec(url)?.[1];
      if (name) loaded.add(name);
      return next(url, context);
    } });
    const { createVerifier } = await import(${JSON.stringify(module)});
    const options = { clock: { now: Date.now }, random: Math.random, objects: [] };
    await createVerifier({ ...options, credentials: {} });
    console.log('without', loaded.size);
    await createVerifier({ ...options, credentials: ${JSON.stringify(credentials)} });
    console.log('with', loaded.has('@azure/identity'), loaded.has('@azure/keyvault-secrets'));
  `;
  const outcome = await run(process.execPath, ['--input-type=module', '-e', program]);
  t.equal(outcome.stderr, '');
  t.equal(outcome.stdout, 'without 0\nwith true true\n');
});

t.test('a verifier shows nothing of what it knows', async (t) => {
  const objects = [{ id: `${VAULT}/secrets/a`, path: '/mnt/a' }];
  const verifier = await createVerifier({ ...surroundings, objects, credentials: {} });
  t.equal(JSON.stringify(verifier), '{}');
});
