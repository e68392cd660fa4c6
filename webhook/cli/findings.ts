import { type Problem, sentence } from '../core/problems.ts';

/** A problem and where it was found. An error keeps everything from being written. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** `FILE:LINE`, or nothing for what concerns no place in a file. */
  readonly place?: string;
  /** What it is about: `StatefulSet NAMESPACE/NAME, document 2`. */
  readonly subject?: string;
  readonly problem: Problem;
}

/** One line, which editors that follow compilers' messages can jump from. */
export function findingText({ severity, place, subject, problem }: Finding): string {
  const parts = [place, severity, subject, sentence(problem)];
  return `${printable(parts.filter((part) => part !== undefined).join(': '))}\n`;
}

/** Names in a file are anybody's, so nothing in them may break a line or steer a terminal. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u{fffd}');
}

/** What is wrong with arguments or files as a whole. */
export function errors(problems: readonly Problem[]): Finding[] {
  return problems.map((problem) => ({ severity: 'error', problem }));
}

export function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
