import path from 'node:path';
import type { SecretSnapshot } from '../snapshot.ts';
import type { CompleteCredentials, VaultCredentials } from './credential.ts';
import { parseIdentifier } from './identifier.ts';
import { Pace, SHORTEST_INTERVAL, type VerifierClock } from './pace.ts';
import { withoutIdentity } from './refusal.ts';
import type { BeginRound } from './round.ts';
import { RoundVerifier, type Watched } from './round-verifier.ts';
import type { VaultObject, Verdict } from './verdict.ts';

export interface VerifierOptions {
  /** Each file once. */
  readonly objects: readonly VaultObject[];
  readonly credentials: VaultCredentials;
  readonly clock: VerifierClock;
  /** A number in [0, 1) that spreads the rounds of many pods; never a secret. */
  readonly random: () => number;
  /** Milliseconds between rounds; default and least: five minutes. Up to a fifth is added by chance. */
  readonly interval?: number;
  /** HTTP requests after which a round asks for no further object; the next one goes on there. Default 100. */
  readonly requestsPerRound?: number;
  /** Milliseconds that one HTTP request may take. Default 10 seconds. */
  readonly requestTimeout?: number;
}

/** Compares the files of mounts with Key Vault, in rounds. */
export interface Verifier {
  /**
   * A verdict for each object, in their order. Begins a round if one is due (`nextDelay()` is zero) and judges by the
   * last answers otherwise, so it may be called after every change of a mount. Calls that overlap wait for each other.
   * Rejects only with the reason of the signal, which ends a round that is under way.
   */
  verify(snapshots: readonly SecretSnapshot[], signal: AbortSignal): Promise<readonly Verdict[]>;
  /** Milliseconds until the next round may begin. */
  nextDelay(): number;
}

/**
 * A verifier of these files. Azure's clients are loaded here, and not at all if the pod has no workload identity: then
 * every verdict says what is missing.
 * @throws TypeError that names every object whose identifier or path cannot be used.
 * @throws RangeError if the interval is too short or a limit is no positive number.
 */
export async function createVerifier(options: VerifierOptions): Promise<Verifier> {
  const { clock, random, interval = SHORTEST_INTERVAL, requestsPerRound = 100 } = options;
  const { credentials, requestTimeout = 10_000 } = options;
  atLeast(SHORTEST_INTERVAL, { interval });
  atLeast(1, { requestsPerRound, requestTimeout });
  const objects = watchedObjects(options.objects);
  const beginRound = await rounds(credentials, clock, requestTimeout);
  const pace = new Pace(clock, random, interval);
  return new RoundVerifier(objects, { beginRound, pace, clock, requestsPerRound });
}

function atLeast(least: number, options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value >= least)) throw new RangeError(`${name} is ${value}; expected ${least} or more`);
  }
}

function watchedObjects(objects: readonly VaultObject[]): Watched[] {
  const problems: string[] = [];
  const paths = new Set<string>();
  const watched = objects.flatMap(({ id, path: file, encoding }) => {
    const object = parseIdentifier(id);
    if (!object) problems.push(`"${id}" is no Key Vault identifier`);
    if (!path.isAbsolute(file)) problems.push(`"${file}" is no absolute path`);
    if (paths.has(file)) problems.push(`"${file}" is named twice`);
    paths.add(file);
    return object ? [{ object, path: file, encoding }] : [];
  });
  if (problems.length > 0) throw new TypeError(`cannot verify: ${problems.join('; ')}`);
  return watched;
}

async function rounds(
  { tenantId, clientId, tokenFile, authorityHost }: VaultCredentials,
  clock: VerifierClock,
  requestTimeout: number,
): Promise<BeginRound> {
  if (!tenantId || !clientId || !tokenFile) {
    const refusal = withoutIdentity({ tenantId, clientId, tokenFile });
    return () => ({ ask: async () => refusal, requests: 0, patience: 0, end: () => {} });
  }
  const complete: CompleteCredentials = { tenantId, clientId, tokenFile, authorityHost };
  const { connectKeyVault } = await import('./key-vault.ts');
  return connectKeyVault(complete, clock, requestTimeout);
}
