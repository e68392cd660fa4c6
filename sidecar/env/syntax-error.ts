import type { EnvFormat } from '../contract.ts';
import { envMessage } from './messages.ts';

/** A text is not an environment file of the format. The message tells the line and never what stands in it. */
export class EnvSyntaxError extends Error {
  override readonly name = 'EnvSyntaxError';
  readonly code = 'ZK802';
  readonly format: EnvFormat;
  /** Counted from 1. A quoted value that does not end is reported where it begins. */
  readonly line: number;

  constructor(format: EnvFormat, line: number, expected: string) {
    super(envMessage('ZK802', { format, line, expected }));
    this.format = format;
    this.line = line;
  }
}
