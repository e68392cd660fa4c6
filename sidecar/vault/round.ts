import type { Identifier } from './identifier.ts';
import type { Refusal } from './refusal.ts';

/** An object as Key Vault hands it out. */
export interface VaultItem {
  /** What the provider writes to the file; `undefined` if it cannot. Whoever reads it overwrites it. */
  readonly content: Buffer | undefined;
  /** Whether the provider may write something else that it makes from this: other bytes then prove nothing. */
  readonly convertible: boolean;
  /** Which certificate it then writes, if that can be told. */
  readonly certificate: Buffer | undefined;
  readonly expiresOn: Date | undefined;
}

/** How the provider decodes a secret. */
export type Encoding = 'base64' | 'hex' | undefined;

/** One round of questions to Key Vault, put one at a time. */
export interface Round {
  /** Never rejects but with the reason of the round's signal. */
  ask(object: Identifier, encoding: Encoding): Promise<VaultItem | Refusal>;
  /** HTTP requests so far, those for tokens included. */
  readonly requests: number;
  /** Milliseconds that a service asked to be left alone; zero if none did. */
  readonly patience: number;
  /** Closes the connections. */
  end(): void;
}

/** Begins a round that the signal ends. */
export type BeginRound = (signal: AbortSignal) => Round;
