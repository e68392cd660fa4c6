import type { SecretSnapshot } from '../../../sidecar/snapshot.ts';
import type { VaultObject } from '../../../sidecar/vault/verdict.ts';
import { createVerifier, type VerifierOptions } from '../../../sidecar/vault/verifier.ts';
import { ManualClock } from '../manual-clock.ts';
import { VAULT } from './azure.ts';

export const MOUNT = '/mnt/secrets-store';

/** An object of the vault and the file of its name. */
export function secretObject(name: string, changes: Partial<VaultObject> = {}): VaultObject {
  return { id: `${VAULT}/secrets/${name}`, path: `${MOUNT}/${name}`, ...changes };
}

/** A mount with those files. */
export function mounted(files: Readonly<Record<string, string | Buffer>>): SecretSnapshot {
  return {
    path: MOUNT,
    generation: '..2026_11_21_12_00_00.1',
    changedAt: undefined,
    files: new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])),
  };
}

/** A verifier whose time is in the hands of the test. */
export async function startVerifier(
  options: Pick<VerifierOptions, 'objects' | 'credentials'> & Partial<VerifierOptions>,
) {
  const clock = new ManualClock();
  const verifier = await createVerifier({ clock, random: () => 0.5, ...options });
  const { signal } = new AbortController();
  return {
    clock,
    verifier,
    /** The verdicts of the next round. */
    nextRound: async (files: Readonly<Record<string, string | Buffer>>) => {
      clock.advance(verifier.nextDelay());
      return verifier.verify([mounted(files)], signal);
    },
    /** Verdicts without a round. */
    verify: (files: Readonly<Record<string, string | Buffer>>) =>
      verifier.verify([mounted(files)], signal),
  };
}

/** State and code of each verdict. */
export function inShort(verdicts: readonly { state: string; code: string }[]): string[] {
  return verdicts.map(({ state, code }) => `${state} ${code}`);
}
