import type { Test } from 'tap';
import type { VaultCredentials } from '../../../sidecar/vault/credential.ts';
import type { VaultObject } from '../../../sidecar/vault/verdict.ts';
import { inShort, secretObject, startVerifier } from './verification.ts';

/** A vault that can be told what secrets to hold. */
export interface FillableVault {
  /** `https://HOST`, with a port if it is not 443. */
  readonly url: string;
  /** Adds a version, the current one from now on, and returns its name. */
  set(name: string, value: string): Promise<string>;
  /** Disables every version. */
  disable(name: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** State and code of the verdict on a file whose secret is not handed out. */
export interface RefusalVerdicts {
  readonly disabled: string;
  /** Deleted, or never there. */
  readonly absent: string;
}

/** By the answers of Key Vault itself. */
const OF_KEY_VAULT: RefusalVerdicts = { disabled: 'orphaned ZK852', absent: 'orphaned ZK853' };

/** What every vault must come to that a verifier may be pointed at, whoever made it. */
export function testComparisons(
  t: Test,
  vault: FillableVault,
  credentials: VaultCredentials,
  verdicts = OF_KEY_VAULT,
): void {
  const verifierOf = (...names: readonly string[]) =>
    startVerifier({ objects: names.map((name) => objectIn(vault, name)), credentials });

  t.test('the current version is what a file is compared with', async (t) => {
    await vault.set('current', 'old');
    const { nextRound } = await verifierOf('current');
    t.strictSame(inShort(await nextRound({ current: 'old' })), ['fresh ZK850']);
    await vault.set('current', 'new');
    t.strictSame(inShort(await nextRound({ current: 'old' })), ['drifted ZK851']);
    t.strictSame(inShort(await nextRound({ current: 'new' })), ['fresh ZK850']);
  });

  t.test('a pinned version is compared with that version, whatever came after it', async (t) => {
    const version = await vault.set('pinned', 'old');
    await vault.set('pinned', 'new');
    const { nextRound } = await startVerifier({
      objects: [objectIn(vault, 'pinned', version)],
      credentials,
    });
    t.strictSame(inShort(await nextRound({ pinned: 'old' })), ['fresh ZK850']);
    t.strictSame(inShort(await nextRound({ pinned: 'new' })), ['drifted ZK851']);
  });

  testBytes(t, vault, verifierOf);

  t.test('a secret that is not handed out any more, or never was, is told', async (t) => {
    for (const name of ['disabled', 'deleted', 'held']) await vault.set(name, 'one');
    const { nextRound } = await verifierOf('disabled', 'deleted', 'missing', 'held');
    const files = { disabled: 'one', deleted: 'one', missing: 'one', held: 'one' };
    const { disabled, absent } = verdicts;
    const before = ['fresh ZK850', 'fresh ZK850', absent, 'fresh ZK850'];
    t.strictSame(inShort(await nextRound(files)), before);
    await vault.disable('disabled');
    await vault.delete('deleted');
    t.strictSame(inShort(await nextRound(files)), [disabled, absent, absent, 'fresh ZK850']);
  });
}

function testBytes(
  t: Test,
  vault: FillableVault,
  verifierOf: (name: string) => ReturnType<typeof startVerifier>,
): void {
  t.test('values are compared to the byte', async (t) => {
    const values = ['a line\n', '  blanks\t', '"quotes" \\ and \'more\'', 'pässwörd 🔑', '\r\n'];
    for (const [index, value] of values.entries()) {
      const name = `bytes-${index}`;
      await vault.set(name, value);
      const { nextRound } = await verifierOf(name);
      t.strictSame(inShort(await nextRound({ [name]: value })), ['fresh ZK850'], name);
      t.strictSame(inShort(await nextRound({ [name]: `${value}\n` })), ['drifted ZK851'], name);
    }
  });
}

function objectIn({ url }: FillableVault, name: string, version?: string): VaultObject {
  const path = version === undefined ? name : `${name}/${version}`;
  return secretObject(name, { id: `${url}/secrets/${path}` });
}
