import { inspect } from 'node:util';
import { createVerifier, type VerifierOptions } from '../../../sidecar/vault/verifier.ts';
import { mounted } from './verification.ts';
import { resolveHere } from './way.ts';

/**
 * A process of its own that verifies once and prints all that it gets. Its argument is JSON of the options, the files and the
 * hosts that are to be found on this machine.
 */
const { options, files, hosts } = JSON.parse(process.argv[2] ?? '') as {
  options: VerifierOptions;
  files: Record<string, string>;
  hosts: string[];
};
if (hosts.length > 0) resolveHere(hosts);
const verifier = await createVerifier({
  ...options,
  clock: { now: Date.now },
  random: () => 0,
});
const verdicts = await verifier.verify([mounted(files)], new AbortController().signal);
const aborted = await verifier
  .verify([mounted(files)], AbortSignal.abort())
  .catch((error: unknown) => error);
const everything = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true };
console.log(inspect({ verifier, verdicts, aborted }, everything));
console.log(JSON.stringify({ verifier, verdicts, aborted }));
