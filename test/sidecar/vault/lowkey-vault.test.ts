import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import t from 'tap';
import { startAzure, VAULT } from '../../support/azure/azure.ts';
import { testComparisons } from '../../support/azure/comparisons.ts';
import { trust } from '../../support/azure/way.ts';
import { startLowkeyVault } from '../../support/lowkey-vault/emulator.ts';
import { fillableVault } from '../../support/lowkey-vault/fillable-vault.ts';
import { COMMAND, findLowkeyVault } from '../../support/lowkey-vault/installed.ts';

const HOST = new URL(VAULT).hostname;
const found = await findLowkeyVault();
const skip = 'missing' in found ? found.missing : false;

/** A program of that name that does that. */
async function script(folder: string, name: string, commands: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${commands}\n`, { mode: 0o755 });
  return file;
}

t.test('files are compared with what the emulator lowkey-vault holds', { skip }, async (t) => {
  if ('missing' in found) return;
  const { credentials } = await startAzure(t, 'direct');
  const { url, ca } = await startLowkeyVault(t, found, HOST);
  t.teardown(trust(ca));
  // It answers 404 for a disabled secret as for an absent one, where Key Vault says 403 SecretDisabled, and in place of the
  // code SecretNotFound it sends the name of a Java class. A refusal in other words than Key Vault's own proves nothing.
  const verdicts = { disabled: 'unknown ZK867', absent: 'unknown ZK867' };
  testComparisons(t, fillableVault(url), credentials, verdicts);
});

t.test('the emulator is started under the name of a vault, and ends with its test', async (t) => {
  const program = path.join(import.meta.dirname, '../../support/lowkey-vault/stand-in.ts');
  const java = await script(t.testdir(), 'java', `exec '${process.execPath}' '${program}' "$@"`);
  let port = 0;
  await t.test('as a process of its own', async (t) => {
    const { url } = await startLowkeyVault(t, { java, jar: 'any.jar' }, HOST);
    const { hostname, port: given } = new URL(url);
    t.equal(hostname, HOST);
    port = Number(given);
  });
  const connection = connect(port, '127.0.0.1');
  await t.rejects(once(connection, 'connect'), { code: 'ECONNREFUSED' });
});

t.test('an emulator that ends instead says why', async (t) => {
  const java = await script(t.testdir(), 'java', "echo 'no such jar' >&2; exit 1");
  const starting = startLowkeyVault(t, { java, jar: 'any.jar' }, HOST);
  await t.rejects(starting, { message: 'lowkey-vault ended: no such jar\n' });
});

t.test('without its jar one line says how to get it', async (t) => {
  const jar = path.join(t.testdir(), 'lowkey-vault-app-3.4.33.jar');
  const outcome = await findLowkeyVault({ LOWKEY_VAULT_JAR: jar });
  t.strictSame(outcome, { missing: `no lowkey-vault: there is no ${jar}; get it by ${COMMAND}` });
});

t.test('each release is given a Java that runs it', async (t) => {
  const folder = t.testdir();
  const versions = ['11.0.2', '17.0.15', '21', '25.0.3'];
  const javas = await Promise.all(
    versions.map((version) =>
      script(folder, `java-${version}`, `echo 'openjdk version "${version}" 2026-04-21' >&2`),
    ),
  );
  const chosen = async (release: string, offered: readonly string[]) => {
    const jar = path.join(folder, `lowkey-vault-app-${release}.jar`);
    await writeFile(jar, '');
    const outcome = await findLowkeyVault({ LOWKEY_VAULT_JAR: jar }, offered);
    return 'missing' in outcome ? outcome.missing : outcome.java;
  };
  t.equal(await chosen('3.4.33', javas), javas[1]);
  t.equal(await chosen('4.0.8', javas), javas[2]);
  t.equal(await chosen('7.1.13', javas), javas[3]);
  t.match(
    await chosen('7.1.13', javas.slice(0, 2)),
    /-7\.1\.13\.jar needs Java 25, found 11, 17; set/,
  );
  t.match(await chosen('3.4.33', [path.join(folder, 'absent')]), /needs Java 17, found none; set/);
});

t.test('the guide for contributors gets the release that is looked for', async (t) => {
  const guide = path.join(import.meta.dirname, '../../../CONTRIBUTING.md');
  const [artifact = 'none'] = /-Dartifact=\S+/.exec(COMMAND) ?? [];
  t.match(await readFile(guide, 'utf8'), artifact);
});
