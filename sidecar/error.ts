import { type Problem, sentence } from '../messages/message.ts';

/** An error of this library. Its message names files and variables, never a value. */
export class SidecarError extends Error {
  override readonly name = 'SidecarError';
  /** Stable code of the message, such as `ZK811`; docs/messages.md explains each. */
  readonly code: string;
  /** What was found, what was expected and how to mend it. */
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(sentence(problem));
    this.code = problem.code;
    this.problem = problem;
  }
}
