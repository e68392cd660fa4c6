import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { startAzure } from '../../support/azure/azure.ts';
import type { Fault } from '../../support/azure/fault.ts';
import { secretObject } from '../../support/azure/verification.ts';
import type { Way } from '../../support/azure/way.ts';
import { run } from '../../support/run.ts';

/** Found nowhere unless somebody puts it there; the parts are joined here so that no source holds it. */
const CANARY = ['canary', 'of', 'the', 'vault', '7f3a'].join('~');

const PROGRAM = path.join(import.meta.dirname, '../../support/azure/verify-in-process.ts');

function quoting(status: number, code: string, inner: string): Fault {
  const innererror = { code: inner, message: CANARY };
  return { status, body: { error: { code, message: `no ${CANARY}`, innererror } } };
}

const OBJECTS = {
  fresh: undefined,
  drifted: undefined,
  disabled: undefined,
  deleted: undefined,
  forbidden: quoting(403, 'Forbidden', 'ForbiddenByRbac'),
  broken: quoting(400, CANARY, CANARY),
  failing: { status: 404, body: { error: CANARY } },
  undecodable: undefined,
} as const satisfies Record<string, Fault | undefined>;

/** All that a process which verifies these objects says, with Azure's own logs at their loudest. */
async function everythingSaid(t: Test, azure: Awaited<ReturnType<typeof startAzure>>, way: Way) {
  const { vault, url, credentials, ca } = azure;
  const files: Record<string, string> = {};
  const objects = Object.entries(OBJECTS).map(([name, fault]) => {
    vault.setSecret(name, `${CANARY} ${name}`);
    if (fault) vault.faults.set(`/secrets/${name}`, fault);
    files[name] = name === 'drifted' ? `old ${CANARY}` : `${CANARY} ${name}`;
    const id = `${url}/secrets/${name}`;
    return secretObject(name, name === 'undecodable' ? { id, encoding: 'base64' } : { id });
  });
  vault.disable('/secrets/disabled');
  vault.delete('/secrets/deleted');
  const caFile = path.join(t.testdirName, 'ca.pem');
  await writeFile(caFile, ca);
  const hosts = way === 'direct' ? azure.hosts : [];
  const argument = JSON.stringify({ options: { objects, credentials }, files, hosts });
  const env = { AZURE_LOG_LEVEL: 'verbose', NODE_EXTRA_CA_CERTS: caFile };
  const outcome = await run(process.execPath, [PROGRAM, argument], { env });
  t.equal(outcome.code, 0, outcome.stderr);
  return outcome.stdout + outcome.stderr;
}

/** As it is and as it may be printed. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
    bytes.join(','),
  ];
}

for (const way of ['proxy', 'direct'] as const) {
  t.test(`no value, token or assertion is said anywhere (${way})`, async (t) => {
    const azure = await startAzure(t, way);
    const said = await everythingSaid(t, azure, way);
    for (const code of ['ZK850', 'ZK851', 'ZK852', 'ZK853', 'ZK855', 'ZK856', 'ZK867']) {
      t.match(said, code, `the process came upon ${code}`);
    }
    t.match(said, `${azure.url}/secrets/fresh`, "Azure's own logs are on");
    const withoutBlanks = said.replace(/\s/g, '');
    const secrets = [CANARY, azure.assertion, ...azure.entraId.tokens];
    t.equal(secrets.length, 3);
    for (const secret of secrets) {
      for (const form of formsOf(secret)) t.notOk(withoutBlanks.includes(form), 'not found');
    }
  });
}
