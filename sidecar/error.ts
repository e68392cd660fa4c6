import type { Problem } from './messages.ts';

/** An error of this library. Its message names files and variables, never a value. */
export class SidecarError extends Error {
  override readonly name = 'SidecarError';
  /** Stable code of the message, such as `ZK811`; docs/messages.md explains each. */
  readonly code: string;

  constructor({ code, message }: Problem) {
    super(message);
    this.code = code;
  }
}
