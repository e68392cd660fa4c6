import type { EnvFormat } from '../contract.ts';
import { envMessage } from './messages.ts';

/** A variable that a format cannot carry, and what stands in the way. Never its value. */
export interface Refusal {
  readonly name: string;
  /** What the variable has that the format lacks the means for, such as `a line break`. */
  readonly reason: string;
}

/** Some variables cannot be written in the format without being read back as something else. Nothing was rendered. */
export class UnrenderableError extends Error {
  override readonly name = 'UnrenderableError';
  readonly code = 'ZK801';
  readonly format: EnvFormat;
  /** All of them, sorted by name. */
  readonly variables: readonly Refusal[];

  constructor(format: EnvFormat, variables: readonly Refusal[]) {
    super(refusalMessage(format, variables));
    this.format = format;
    this.variables = variables;
  }
}

/** The line that tells which variables a format cannot carry, why, and what to do (ZK801). */
export function refusalMessage(format: EnvFormat, variables: readonly Refusal[]): string {
  const each = variables.map(({ name, reason }) => `${name} (${reason})`);
  return envMessage('ZK801', { format, variables: each.join(', ') });
}
