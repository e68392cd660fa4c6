import type { Instant } from './status/finding.ts';

/** Writes one line of the log. Fields never hold a value of a secret. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** What the container needs of its process. */
export interface Surroundings {
  readonly now: () => Instant;
  /** A number from 0 to 1, 1 excluded, to keep pods from acting in step. */
  readonly random: () => number;
  readonly log: Log;
  /** Ends the process with that code. */
  readonly exit: (code: number) => void;
  /** The workload identity of the pod, for the comparison with Key Vault. */
  readonly credentials: {
    readonly tenantId: string | undefined;
    readonly clientId: string | undefined;
    readonly tokenFile: string | undefined;
    readonly authorityHost: string | undefined;
  };
}
